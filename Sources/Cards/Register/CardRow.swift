import Foundation
import GRDB
import Storage

/// A card as it stands in the file, with the address it is sent to.
struct CardRow {
    var card: Card
    var address: String
    let operation: [UInt8]?
    let payload: [UInt8]?

    /// - Throws: ``StorageError`` `sealBroken` when the code does not open.
    init?(_ row: Row, vault: Vault) throws {
        let blind: Data = row["blind"]
        let sealed: Data = row["code"]
        guard let code = CardCode(secret: try vault.open(sealed, context: CardRegister.codeContext)),
            let state = Card.State(rawValue: row["state"]), let channel = Dispatch.Channel(rawValue: row["channel"]),
            let dispatch = Dispatch.State(rawValue: row["dispatch"])
        else { return nil }
        card = Card(
            id: CardCode.encode(Array(blind)), code: code, customer: row["customer"], state: state,
            issuedAt: Date(milliseconds: row["issued_at"]),
            endedAt: (row["ended_at"] as Int64?).map(Date.init(milliseconds:)),
            replacedBy: (row["replaced_by"] as Data?).map { CardCode.encode(Array($0)) } ?? "",
            dispatch: Dispatch(
                channel: channel, state: dispatch, attempts: row["attempts"],
                changedAt: Date(milliseconds: row["changed_at"]),
                dueAt: (row["due_at"] as Int64?).map(Date.init(milliseconds:)), reason: row["reason"]))
        address =
            try (row["address"] as Data?).map {
                String(decoding: try vault.open($0, context: CardRegister.addressContext), as: UTF8.self)
            } ?? ""
        operation = (row["operation"] as Data?).map { Array($0) }
        payload = (row["payload"] as Data?).map { Array($0) }
    }
}

extension Date {
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
