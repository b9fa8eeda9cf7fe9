import Foundation
import GRDB
package import Storage

/// Rewrites the cards' rows under the store's present key. Their ids and operations are pseudonyms and stay.
package struct CardRewrite: FileRewrite {
    package let name = "cards.db"
    package private(set) var progress: (rows: Int, of: Int)

    private let register: CardRegister
    private var table: TableRewrite

    init(_ register: CardRegister) throws(CardsError) {
        self.register = register
        progress = (0, try register.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM cards") ?? 0 })
        let vault = register.vault
        table = TableRewrite("cards", key: ["number"]) { row in
            guard let code = try vault.sealer(for: CardRegister.codeContext).resealed(row["code"]) else { return nil }
            let address = try vault.sealer(for: CardRegister.addressContext).resealed(row["address"])
            return [("code", code), ("payload", .null)] + (address.map { [("address", $0)] } ?? [])
        }
    }

    package mutating func step(while goesOn: () -> Bool) throws -> Bool {
        var table = table
        let looked = try register.write { database in
            let looked = try table.step(database).looked
            if looked < StorageLimits.rewriteStepRows {
                try database.execute(
                    sql: "UPDATE cards_key SET key_check = ?",
                    arguments: [Data(register.vault.keyCheck(of: CardRegister.keyName))])
            }
            return looked
        }
        self.table = table
        progress.rows += looked
        progress.of = max(progress.of, progress.rows)
        if looked < StorageLimits.rewriteStepRows {
            _ = try? register.wipe(while: goesOn)
        }
        return looked == StorageLimits.rewriteStepRows
    }
}

extension CardRegister {
    package static let keyCheck = KeyCheck(table: "cards_key", name: keyName)

    /// What is to be done so that the key before is not needed for the cards; `nil` when it is not.
    /// - Throws: ``CardsError`` `registerUnusable`.
    package func rewrite() throws(CardsError) -> CardRewrite? {
        let check = try read { try Data.fetchOne($0, sql: "SELECT key_check FROM cards_key") ?? Data() }
        return vault.standing(check, of: Self.keyName) == .before ? try CardRewrite(self) : nil
    }
}
