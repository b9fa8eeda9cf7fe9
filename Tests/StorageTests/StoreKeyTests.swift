import Crypto
import Foundation
import Testing

@testable import Storage

@Suite("The store key")
struct StoreKeyTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func code(_ body: () throws -> Void) -> StorageError.Code? {
        do { try body() } catch { return (error as? StorageError)?.code }
        return nil
    }

    @Test("The first start makes a file that only its owner may use, and leaves no draft")
    func makesTheFile() throws {
        let key = try StoreKey.loadOrCreate(at: directory.file("key"))
        #expect(try directory.mode("key") == 0o600)
        #expect(try directory.names() == ["key"])
        #expect(key.generation == 1)
    }

    @Test("The second start reads the same key")
    func readsTheFile() throws {
        let first = try StoreKey.loadOrCreate(at: directory.file("key"))
        let second = try StoreKey.loadOrCreate(at: directory.file("key"))
        #expect(first.secret == second.secret)
    }

    @Test("Two edges get two keys")
    func isRandom() throws {
        let one = try StoreKey.loadOrCreate(at: directory.file("one"))
        let two = try StoreKey.loadOrCreate(at: directory.file("two"))
        #expect(one.secret != two.secret)
    }

    @Test("Many starts at once agree on one key")
    func agrees() async throws {
        let path = directory.file("key")
        let keys = try await withThrowingTaskGroup(of: SymmetricKey.self) { group in
            for _ in 0..<16 { group.addTask { try StoreKey.loadOrCreate(at: path).secret } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(keys.count == 16)
        #expect(keys.allSatisfy { $0 == keys[0] })
        #expect(try directory.names() == ["key"])
    }

    @Test(
        "A file that others may use is refused, and the message says how to mend it", arguments: [0o640, 0o604, 0o620])
    func refusesWideModes(mode: Int) throws {
        _ = try StoreKey.loadOrCreate(at: directory.file("key"))
        try directory.setMode(mode, of: "key")
        let error = #expect(throws: StorageError.self) { try StoreKey.loadOrCreate(at: directory.file("key")) }
        #expect(error?.code == .keyPermissions)
        #expect(error?.message.contains("chmod 600") == true)
    }

    @Test(
        "A file without a key is refused and left as it is",
        arguments: [
            "", "countertop-key", "countertop-key 1 \n", "countertop-key 1 \(String(repeating: "a", count: 64))",
            "countertop-key 0 \(String(repeating: "a", count: 64))\n",
            "countertop-key 256 \(String(repeating: "a", count: 64))\n",
            "countertop-key 1 \(String(repeating: "g", count: 64))\n",
            "countertop-key 1 \(String(repeating: "a", count: 63))\n",
            "countertop-key 1 \(String(repeating: "a", count: 66))\n",
            "another-key 1 \(String(repeating: "a", count: 64))\n", String(repeating: "x", count: 100_000),
        ])
    func refusesMalformed(content: String) throws {
        try directory.write(Data(content.utf8), to: "key")
        try directory.setMode(0o600, of: "key")
        #expect(code { _ = try StoreKey.loadOrCreate(at: directory.file("key")) } == .keyMalformed)
        #expect(try directory.bytes("key") == Data(content.utf8))
    }

    @Test("A directory in the key's place is refused")
    func refusesDirectory() throws {
        #expect(code { _ = try StoreKey.loadOrCreate(at: directory.path) } == .keyMalformed)
    }

    @Test("A directory that is not there is told")
    func tellsMissingDirectory() throws {
        #expect(code { _ = try StoreKey.loadOrCreate(at: directory.file("nowhere/key")) } == .keyMissing)
    }
}
