import Foundation
import GRDB
import Storage
import Testing

@testable import Customers

@Suite("A replica whose store changes its key", .timeLimit(.minutes(2)))
struct ReplicaRewriteTests {
    static let count = 700

    let directory: TemporaryDirectory
    let keyPath: String

    init() throws {
        directory = try TemporaryDirectory()
        keyPath = directory.file("key")
        let replica = try Self.open(directory.path)
        try replica.apply(
            ReplicaBench.page((0..<Self.count).map { Self.record($0) }, groups: [ReplicaBench.staff]))
        replica.close()
    }

    static func open(_ directory: String) throws -> Replica {
        let vault = Vault(keys: try StoreKeys.loadOrCreate(at: "\(directory)/key"))
        return try Replica(path: "\(directory)/replica.db", vault: vault, company: "nordmat", region: "NO") {
            ReplicaBench.noon
        }
    }

    private func rotate() throws {
        _ = try StoreKeys.replace(at: keyPath) { keys throws(StorageError) in try keys.rotated() }
    }

    private func retire() throws { _ = try StoreKeys.replace(at: keyPath) { $0.retired } }

    /// Two customers share each phone number; every name has a word of its own.
    static func record(_ index: Int, name: String? = nil) -> CustomerRecord {
        CustomerRecord(
            key: "\(index)", name: name ?? "Kari \(word(index))",
            identifiers: [
                Identifier(type: .customerCard, value: card(index)), Identifier(type: .phone, value: phone(index)),
                Identifier(type: .email, value: "kari\(index)@example.no"),
            ], groupIDs: ["staff"], changedAt: ReplicaBench.noon)
    }

    static func card(_ index: Int) -> String { "CARD-\(10_000 + index)" }
    static func phone(_ index: Int) -> String { "+4741\(100_000 + index % (count / 2))" }
    /// Letters alone, another for each number.
    static func word(_ index: Int) -> String {
        "x" + String(decoding: String(index).utf8.map { $0 + 49 }, as: UTF8.self) + "q"
    }

    /// The customers of whom something does not find them as it should.
    private static func lost(_ reader: ReplicaReader, _ indexes: some Sequence<Int>) throws -> [Int] {
        try indexes.filter { index in
            let name = "Kari \(word(index))"
            let pair = Set([name, "Kari \(word((index + count / 2) % count))"])
            let byCard = try reader.resolve(typed: card(index)).names == [name]
            let byPhone = try Set(reader.resolve(typed: phone(index)).names) == pair
            let byMail = try reader.resolve(typed: "kari\(index)@example.no").names == [name]
            let byName = try reader.search(name: word(index), limit: 5).customers.map(\.name) == [name]
            return !(byCard && byPhone && byMail && byName)
        }
    }

    /// How many rows there are of each kind.
    private static func rows(_ replica: Replica) throws -> [Int] {
        try replica.pool.read { database in
            try ["customers", "identifiers", "tokens"].map {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? 0
            }
        }
    }

    @Test("After every step everybody is found by card, phone, e-mail and name, under whichever key, by the same id")
    func findsEverybody() throws {
        var replica = try Self.open(directory.path)
        let ids = try replica.makeReader().resolve(typed: Self.card(3)).customerID
        let before = try Self.rows(replica)
        replica.close()
        try rotate()
        replica = try Self.open(directory.path)
        var rewrite = try #require(try replica.rewrite())
        var steps = 0
        repeat {
            let reader = try replica.makeReader()
            #expect(try Self.lost(reader, stride(from: 0, to: Self.count, by: 41)) == [], "step \(steps)")
            steps += 1
        } while try rewrite.step()
        #expect(steps > Self.count / StorageLimits.rewriteStepRows)
        #expect(rewrite.progress == (Self.count, Self.count))
        let reader = try replica.makeReader()
        #expect(try Self.lost(reader, 0..<Self.count) == [])
        #expect(try Self.rows(replica) == before)
        #expect(try replica.rewrite() == nil)
        #expect(try replica.cursor(of: "poster") == Array("1".utf8))
        replica.close()
        try retire()
        replica = try Self.open(directory.path)
        #expect(try Self.lost(replica.makeReader(), 0..<Self.count) == [])
        #expect(try replica.makeReader().resolve(typed: Self.card(3)).customerID == ids)
        #expect(try replica.status().unreadableRecords == 0)
        replica.close()
    }

    @Test("A reader that was open before sees the rows as they are rewritten, and looks under one key when all are")
    func followsReaders() throws {
        try rotate()
        let replica = try Self.open(directory.path)
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: Self.card(0)).names.count == 1)
        #expect(reader.keysBefore != nil)
        reader.releaseRead()
        var rewrite = try #require(try replica.rewrite())
        while try rewrite.step() { reader.releaseRead() }
        reader.releaseRead()
        #expect(try Self.lost(reader, stride(from: 0, to: Self.count, by: 97)) == [])
        #expect(reader.keysBefore == nil)
        replica.close()
    }

    @Test("Changes, removals and cards that pass on come between the steps, and leave no row behind")
    func takesChanges() throws {
        try rotate()
        let replica = try Self.open(directory.path)
        var rewrite = try #require(try replica.rewrite())
        _ = try rewrite.step()
        // One row is rewritten already in each pair, the other is not.
        let (done, waiting) = (5, Self.count - 5)
        for index in [done, waiting] {
            try replica.apply(ReplicaBench.removal("\(index)"))
            try replica.apply(ReplicaBench.page([Self.record(index + 1, name: "Ny \(Self.word(index + 1))")]))
        }
        var thief = Self.record(10)
        thief.identifiers[0].value = Self.card(waiting - 1)
        var page = ReplicaBench.page([thief], feed: "solteq")
        #expect(try replica.apply(page).findings.map(\.reason) == [.identifierTaken])
        thief.identifiers[0].value = Self.card(11)
        page = ReplicaBench.page([thief], feed: "solteq")
        #expect(try replica.apply(page).findings.map(\.reason) == [.identifierTaken])
        // A card of either key goes over to a later page's customer, and back.
        for index in [30, waiting - 30] {
            var taker = Self.record(40)
            taker.identifiers.append(Identifier(type: .customerCard, value: Self.card(index)))
            #expect(try replica.apply(ReplicaBench.page([taker])).moved == 1)
            #expect(try replica.apply(ReplicaBench.page([Self.record(index)])).moved == 1)
        }
        try replica.apply(ReplicaBench.page([Self.record(40)]))
        // Two who exchange their cards, of whom one is under either key.
        var (one, other) = (Self.record(20), Self.record(waiting - 20))
        (one.identifiers[0], other.identifiers[0]) = (other.identifiers[0], one.identifiers[0])
        #expect(try replica.apply(ReplicaBench.page([one, other])).findings.isEmpty)
        while try rewrite.step() {}
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: Self.card(done)) == .unknown)
        #expect(try reader.resolve(typed: Self.card(waiting)) == .unknown)
        #expect(try reader.resolve(typed: Self.card(done + 1)).names == ["Ny \(Self.word(done + 1))"])
        #expect(try reader.search(name: "ny", limit: 5).customers.count == 2)
        #expect(try reader.resolve(typed: Self.card(20)).names == ["Kari \(Self.word(waiting - 20))"])
        // As many rows as a copy has that was loaded with the same under one key.
        let records = (0..<Self.count).filter { $0 != done && $0 != waiting }.map { index in
            [done + 1, waiting + 1].contains(index)
                ? Self.record(index, name: "Ny \(Self.word(index))") : Self.record(index)
        }
        let bench = try ReplicaBench()
        let fresh = try bench.open()
        try fresh.apply(ReplicaBench.page(records, groups: [ReplicaBench.staff]))
        #expect(try Self.rows(replica) == Self.rows(fresh))
        fresh.close()
        #expect(try replica.departures().count == 2)
        replica.close()
        try retire()
        let again = try Self.open(directory.path)
        #expect(try again.departures().allSatisfy { $0.identifiers.count == 3 })
        again.close()
    }

    @Test("A process that is killed after any step has lost nothing, and the next one goes on", arguments: [1, 3, 6])
    func survivesKill(steps: Int) async throws {
        try rotate()
        let directory = directory.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String, steps = steps as Int] in
            let replica = try ReplicaRewriteTests.open(directory)
            guard var rewrite = try replica.rewrite() else { return }
            for _ in 0..<steps { _ = try rewrite.step() }
            kill(getpid(), SIGKILL)
        }
        let replica = try Self.open(directory)
        #expect(replica.setAside == nil)
        #expect(try Self.lost(replica.makeReader(), stride(from: 0, to: Self.count, by: 13)) == [])
        var rewrite = try #require(try replica.rewrite())
        while try rewrite.step() {}
        #expect(try Self.lost(replica.makeReader(), 0..<Self.count) == [])
        #expect(try Self.rows(replica) == [Self.count, Self.count * 3, Self.tokens])
        replica.close()
    }

    private static let tokens = (0..<count).reduce(0) { $0 + NameFoldingTests.tokenCount(of: "Kari \(word($1))") }

    @Test("Nothing that was sealed or indexed under the key before is in any byte of the file afterwards")
    func leavesNothing() throws {
        let old = CompanyKeys(vault: Vault(keys: try StoreKeys.loadOrCreate(at: keyPath)), company: "nordmat")
        var replica = try Self.open(directory.path)
        let records = try replica.pool.read { try Data.fetchAll($0, sql: "SELECT record FROM customers") }
        let cursors = try replica.pool.read { try Data.fetchAll($0, sql: "SELECT cursor FROM feeds") }
        replica.close()
        var remains = (records + cursors).map { $0.prefix(40) }
        for index in 0..<Self.count {
            remains.append(Data(old.blind(Array(Self.card(index).utf8), .card).bytes))
            remains.append(Data(old.blind(Array("kari\(index)@example.no".utf8), .email).bytes))
        }
        func left() throws -> Int {
            let files = try directory.names().filter { $0.hasPrefix("replica.db") }.map { try directory.bytes($0) }
            return remains.filter { piece in files.contains { $0.range(of: piece) != nil } }.count
        }
        #expect(try left() == remains.count)
        try rotate()
        replica = try Self.open(directory.path)
        var rewrite = try #require(try replica.rewrite())
        while try rewrite.step() {}
        #expect(try left() == 0)
        replica.close()
    }

    @Test("A file that is not rewritten to its end is refused without the key before, and is as it was with it")
    func needsTheKeyBefore() throws {
        try rotate()
        let both = try directory.bytes("key")
        var replica = try Self.open(directory.path)
        var rewrite = try #require(try replica.rewrite())
        _ = try rewrite.step()
        replica.close()
        try retire()
        let error = #expect(throws: CustomersError.self) { try Self.open(directory.path) }
        #expect(error?.code == .wrongKey)
        try directory.write(both, to: "key")
        chmod(keyPath, 0o600)
        replica = try Self.open(directory.path)
        #expect(try Self.lost(replica.makeReader(), stride(from: 0, to: Self.count, by: 50)) == [])
        replica.close()
    }
}
