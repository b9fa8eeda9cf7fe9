package import Foundation
import GRDB
import Storage

extension CardRegister {
    /// Sends a card once more, to this address. What the same operation sent before is not sent again.
    /// - Returns: the card as it stands.
    /// - Throws: ``CardsError`` `cardUnknown`, `cardEnded`, `operationReused`, `registerUnusable`.
    package func send(
        _ id: String, by channel: Dispatch.Channel, to address: String, operation: CardRequest.Operation? = nil,
        now: Date
    ) throws(CardsError) -> Card {
        try write { database in
            guard let blind = Self.blind(id: id), var row = try self.row(blind: blind, database) else {
                throw CardsError.cardUnknown
            }
            let payload = self.payload(channel, address)
            if let operation, try self.hasSent(operation, blind, payload, database) { return row.card }
            guard row.card.state == .active else {
                throw CardsError(.cardEnded, "That card is not good any more. Issue the customer another one.")
            }
            row.card.dispatch = Dispatch(channel: channel, state: .queued, changedAt: now, dueAt: now)
            row.address = address
            try self.store(row, database)
            if let operation { try self.noteSent(operation, blind, payload, now, database) }
            return row.card
        }
    }

    private func hasSent(
        _ operation: CardRequest.Operation, _ card: Data, _ payload: [UInt8], _ database: Database
    ) throws -> Bool {
        let digest = Data(digest(of: operation))
        let issued = try Int.fetchOne(database, sql: "SELECT 1 FROM cards WHERE operation = ?", arguments: [digest])
        guard issued == nil else { throw CardsError.operationReused }
        let sent = try Row.fetchOne(
            database, sql: "SELECT card, payload FROM sendings WHERE operation = ?", arguments: [digest])
        guard let sent else { return false }
        guard sent["card"] == card, sent["payload"] == Data(payload) else { throw CardsError.operationReused }
        return true
    }

    private func noteSent(
        _ operation: CardRequest.Operation, _ card: Data, _ payload: [UInt8], _ now: Date, _ database: Database
    ) throws {
        let forgotten = now - CardsLimits.sendingsKeptFor
        try database.execute(sql: "DELETE FROM sendings WHERE at < ?", arguments: [forgotten.milliseconds])
        try database.execute(
            sql: "INSERT INTO sendings (operation, payload, card, at) VALUES (?, ?, ?, ?)",
            arguments: [Data(digest(of: operation)), Data(payload), card, now.milliseconds])
    }

    private func payload(_ channel: Dispatch.Channel, _ address: String) -> [UInt8] {
        let text = "\(channel.rawValue) \(address)"
        return vault.pseudonym(of: Array(text.utf8), domain: "card sending \(company)").bytes
    }
}
