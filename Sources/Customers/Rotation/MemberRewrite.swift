import Foundation
import GRDB
package import Storage

/// Rewrites the members' rows under the store's present key.
package struct MemberRewrite: FileRewrite {
    package let name = "members.db"
    package private(set) var progress: (rows: Int, of: Int)

    private let register: MemberRegister
    private var tables: [TableRewrite]

    init(_ register: MemberRegister) throws {
        self.register = register
        let count = try register.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM members") ?? 0 }
        progress = (0, count)
        let vault = register.vault
        tables = [
            TableRewrite("members", key: ["number"]) { row in
                let sealer = vault.sealer(for: MemberRegister.context)
                guard let record = try sealer.resealed(row["record"]) else { return nil }
                let plain = Data(try sealer.open(Array(row["record"] as Data)))
                let subject = try JSONDecoder().decode(SealedMember.self, from: plain).subject
                let blind = MemberRegister.blind(subject, row["system"], company: row["company"], vault)
                return [("record", record), ("subject", blind.databaseValue)]
            },
            TableRewrite("enrolments", key: ["id"]) { row in
                try vault.sealer(for: MemberRegister.openContext).resealed(row["state"]).map { [("state", $0)] }
            },
        ]
    }

    package mutating func step(while goesOn: () -> Bool) throws -> Bool {
        guard var table = tables.first else {
            try register.pool.write {
                try $0.execute(
                    sql: "UPDATE members_key SET key_check = ?",
                    arguments: [Data(register.vault.keyCheck(of: MemberRegister.keyName))])
            }
            _ = try? register.wipe(while: goesOn)
            return false
        }
        let (looked, _) = try register.pool.write { try table.step($0) }
        progress.rows += looked
        progress.of = max(progress.of, progress.rows)
        tables[0] = table
        if looked < StorageLimits.rewriteStepRows { tables.removeFirst() }
        return true
    }
}

extension MemberRegister {
    package static let keyCheck = KeyCheck(table: "members_key", name: keyName)

    /// What is to be done so that the key before is not needed for the members; `nil` when it is not.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func rewrite() throws(CustomersError) -> MemberRewrite? {
        do {
            let check = try pool.read { try Data.fetchOne($0, sql: "SELECT key_check FROM members_key") ?? Data() }
            return vault.standing(check, of: Self.keyName) == .before ? try MemberRewrite(self) : nil
        } catch {
            throw CustomersError(error, path: path)
        }
    }
}
