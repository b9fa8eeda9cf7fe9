import Foundation
import Storage
import Testing

@testable import Cards

@Suite("Cards of a store that changes its key")
struct CardRewriteTests {
    private let directory: TemporaryDirectory
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws { directory = try TemporaryDirectory() }

    private func open() throws -> CardRegister {
        let vault = Vault(keys: try StoreKeys.loadOrCreate(at: directory.file("key")))
        return try CardRegister(path: directory.file("cards.db"), vault: vault, company: "store")
    }

    private func rotate() throws {
        _ = try StoreKeys.replace(at: directory.file("key")) { keys throws(StorageError) in try keys.rotated() }
    }

    private func request(_ index: Int) -> CardRequest {
        CardRequest(
            customer: "C\(index)", channel: .sms, address: "+4741\(100_000 + index)",
            operation: ("till", [UInt8(index)]))
    }

    @Test("Every card scans by its code, keeps its id and goes to its address, under either key and after it")
    func keepsCards() throws {
        var register = try open()
        let cards = try (0..<200).map { try register.issue(request($0), now: now) }
        register.close()
        try rotate()
        register = try open()
        var rewrite = try #require(try register.rewrite())
        func faults() throws -> [Int] {
            let due = try Dictionary(uniqueKeysWithValues: register.due(now: now).map { ($0.card.id, $0.address) })
            return try cards.indices.filter { index in
                let card = try register.card(cards[index].code)
                let again = try register.issue(request(index), now: now)
                let address = due[cards[index].id]
                return try card != cards[index] || register.holder(of: cards[index].code) != "C\(index)"
                    || again.id != cards[index].id || (address != nil && address != request(index).address)
            }
        }
        repeat { #expect(try faults() == []) } while try rewrite.step()
        #expect(try register.rewrite() == nil)
        register.close()
        _ = try StoreKeys.replace(at: directory.file("key")) { $0.retired }
        register = try open()
        #expect(try faults() == [])
        register.close()
    }

    @Test("Without the key before a file that was not rewritten is refused")
    func needsTheKeyBefore() throws {
        let register = try open()
        _ = try register.issue(request(1), now: now)
        register.close()
        try rotate()
        _ = try StoreKeys.replace(at: directory.file("key")) { $0.retired }
        #expect(throws: CardsError.self) { try open() }
    }
}
