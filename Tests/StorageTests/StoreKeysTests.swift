import Crypto
import Foundation
import Testing

@testable import Storage

@Suite("The keys of a store whose key changes")
struct StoreKeysTests {
    let directory: TemporaryDirectory
    let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("key")
    }

    private func code(_ body: () throws -> Void) -> StorageError.Code? {
        do { try body() } catch { return (error as? StorageError)?.code }
        return nil
    }

    private func rotate() throws -> StoreKeys {
        try StoreKeys.replace(at: path) { keys throws(StorageError) in try keys.rotated() }
    }

    @Test("A new key stands beside the one before, in a file that only its owner may use, and no draft is left")
    func rotates() throws {
        let first = try StoreKeys.loadOrCreate(at: path)
        let second = try rotate()
        #expect(second.present.generation == 2 && second.before?.generation == 1)
        #expect(second.present.secret != first.present.secret)
        #expect(second.before?.secret == first.present.secret)
        let read = try StoreKeys.loadOrCreate(at: path)
        #expect(read.present.secret == second.present.secret && read.before?.secret == first.present.secret)
        #expect(try directory.mode("key") == 0o600)
        #expect(try directory.names() == ["key"])
    }

    @Test("A key is not changed once more before the one before is retired, and the file stays as it is")
    func refusesTwice() throws {
        _ = try StoreKeys.loadOrCreate(at: path)
        _ = try rotate()
        let text = try directory.bytes("key")
        #expect(code { _ = try rotate() } == .keyNotRetired)
        #expect(try directory.bytes("key") == text)
        _ = try StoreKeys.replace(at: path) { $0.retired }
        #expect(try rotate().present.generation == 3)
    }

    @Test("Keys follow others by one change at a time, and nobody hands over keys without holding the one before")
    func succession() throws {
        let first = try StoreKeys.loadOrCreate(at: path)
        let second = try rotate()
        let alone = second.retired
        #expect(first.succession(first) == .same && second.succession(second) == .same)
        #expect(first.succession(second) == .changed)
        #expect(second.succession(alone) == .retired)
        #expect(alone.succession(try alone.rotated()) == .changed)
        // One that was missed, one that goes back, and another new key beside the same one.
        #expect(first.succession(alone) == .unfit)
        #expect(second.succession(first) == .unfit && alone.succession(second) == .unfit)
        #expect(second.succession(try first.rotated()) == .unfit)
        let stranger = StoreKeys(StoreKey(secret: SymmetricKey(size: .bits256), generation: 1))
        #expect(first.succession(try stranger.rotated()) == .unfit)
        #expect(first.received(try second.handover())?.present.secret == second.present.secret)
        #expect(second.received(try alone.handover())?.before == nil)
        #expect(first.received(try stranger.rotated().handover()) == nil)
        #expect(first.received(Array("countertop-key".utf8)) == nil)
    }

    @Test("Pseudonyms are the same under every key, from the first on")
    func keepsPseudonyms() throws {
        var pseudonyms: [BlindIndex] = []
        var indexes: Set<BlindIndex> = []
        for round in 0..<4 {
            if round > 0 {
                _ = try rotate()
                _ = try StoreKeys.replace(at: path) { $0.retired }
            }
            let vault = Vault(keys: try StoreKeys.loadOrCreate(at: path))
            pseudonyms.append(vault.pseudonym(of: [1], domain: "id"))
            indexes.insert(vault.index(of: [1], domain: "id"))
        }
        #expect(Set(pseudonyms).count == 1)
        #expect(indexes.count == 4)
        // What was made before there were pseudonyms is what they are now.
        #expect(indexes.contains(pseudonyms[0]))
    }

    @Test("While the key changes both open, what is new is under the new one, and each file says which it needs")
    func opensBoth() throws {
        let old = Vault(keys: try StoreKeys.loadOrCreate(at: path))
        let sealed = try old.seal(Array("Kari".utf8), context: "name")
        let check = old.keyCheck(of: "replica")
        let both = Vault(keys: try rotate())
        #expect(try both.open(sealed, context: "name") == Array("Kari".utf8))
        #expect(both.sealer(for: "name").isOutdated(sealed))
        let fresh = try both.seal(Array("Ola".utf8), context: "name")
        #expect(!both.sealer(for: "name").isOutdated(fresh))
        #expect(both.before?.index(of: [7], domain: "card") == old.index(of: [7], domain: "card"))
        #expect(both.standing(check, of: "replica") == .before)
        #expect(both.standing(both.keyCheck(of: "replica"), of: "replica") == .present)
        #expect(both.standing(check, of: "journal") == .other)
        let new = Vault(keys: try StoreKeys.replace(at: path) { $0.retired })
        #expect(new.before == nil)
        #expect(try new.open(fresh, context: "name") == Array("Ola".utf8))
        #expect(code { _ = try new.open(sealed, context: "name") } == .sealBroken)
        #expect(new.standing(check, of: "replica") == .other)
    }

    @Test("Of many that change the key at once one does, and the others are told")
    func oneAtATime() async throws {
        _ = try StoreKeys.loadOrCreate(at: path)
        let path = path
        let codes = await withTaskGroup(of: StorageError.Code?.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    do throws(StorageError) {
                        _ = try StoreKeys.replace(at: path) { keys throws(StorageError) in try keys.rotated() }
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.filter { $0 == nil }.count == 1)
        #expect(codes.allSatisfy { $0 == nil || $0 == .inUse || $0 == .keyNotRetired })
        #expect(try StoreKeys.loadOrCreate(at: path).present.generation == 2)
        #expect(try directory.names() == ["key"])
    }

    @Test(
        "A file whose further lines are none is refused and left as it is",
        arguments: [
            "countertop-pseudonyms AA\n", "countertop-key 2 BB\n", "countertop-pseudonyms BB\ncountertop-key 3 BB\n",
            "countertop-pseudonyms BB\ncountertop-key 1 BB\ncountertop-key 1 BB\n", "\n",
            "countertop-pseudonyms BB countertop-key 1 BB\n", "countertop-pseudonyms BB",
        ])
    func refusesMalformed(rest: String) throws {
        let secret = String(repeating: "b", count: 64)
        let text = "countertop-key 3 \(secret)\n" + rest.replacingOccurrences(of: "BB", with: secret)
        try directory.write(Data(text.utf8), to: "key")
        try directory.setMode(0o600, of: "key")
        #expect(code { _ = try StoreKeys.loadOrCreate(at: path) } == .keyMalformed)
        #expect(code { _ = try rotate() } == .keyMalformed)
        #expect(try directory.bytes("key") == Data(text.utf8))
    }
}
