import Foundation
import Storage
import Testing

@testable import Customers

@Suite("Members of a store that changes its key")
struct MemberRewriteTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open() throws -> MemberRegister {
        let vault = Vault(keys: try StoreKeys.loadOrCreate(at: directory.file("key")))
        return try MemberRegister(path: directory.file("members.db"), vault: vault, company: "nordmat")
    }

    private func member(_ index: Int, name: String = "Kari") -> Member {
        let record = CustomerRecord(
            key: "sub-\(index)", name: name, identifiers: [Identifier(type: .phone, value: "+4741\(100_000 + index)")],
            changedAt: ReplicaBench.noon)
        return Member(
            subject: "sub-\(index)", customer: "C\(index)", record: record, permissions: [],
            enrolledAt: ReplicaBench.noon)
    }

    @Test("Everybody is found by the system's identity after every step, is enrolled once, and so afterwards")
    func keepsMembers() throws {
        var register = try open()
        for index in 0..<200 { try register.keep(member(index), of: "vipps") }
        try register.keep(enrolment: "E1", [1, 2, 3])
        register.close()
        _ = try StoreKeys.replace(at: directory.file("key")) { keys throws(StorageError) in try keys.rotated() }
        register = try open()
        var rewrite = try #require(try register.rewrite())
        func lost() throws -> [Int] {
            try (0..<200).filter { try register.member("sub-\($0)", of: "vipps") != member($0) }
        }
        repeat {
            #expect(try lost() == [])
            #expect(try register.enrolments() == [[1, 2, 3]])
            // Enrolled once more, before or after the row's turn.
            try register.keep(member(150), of: "vipps")
        } while try rewrite.step()
        #expect(try register.rewrite() == nil)
        register.close()
        _ = try StoreKeys.replace(at: directory.file("key")) { $0.retired }
        register = try open()
        #expect(try lost() == [])
        #expect(try register.members(customer: "C150").count == 1)
        #expect(try register.enrolments() == [[1, 2, 3]])
        register.close()
    }
}
