import Crypto
import Testing

@testable import Storage

@Suite("The vault")
struct VaultTests {
    let vault = Vault(key: StoreKey(secret: SymmetricKey(data: [UInt8](repeating: 7, count: 32)), generation: 1))
    let plain = Array("Kari Nordmann".utf8)

    private func opens(_ sealed: [UInt8], context: String = "customers.name") -> Bool {
        (try? vault.open(sealed, context: context)) != nil
    }

    @Test("What was sealed opens", arguments: [0, 1, 13, 16, 4_096])
    func opensItsOwn(count: Int) throws {
        let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try vault.seal(plain, context: "customers.name")
        #expect(sealed.count == count + Sealer.overheadBytes)
        #expect(try vault.open(sealed, context: "customers.name") == plain)
    }

    @Test("A value sealed for another context does not open")
    func keepsContextsApart() throws {
        let sealed = try vault.seal(plain, context: "customers.name")
        #expect(!opens(sealed, context: "customers.phone"))
    }

    @Test("A value with any bit changed does not open")
    func noticesChanges() throws {
        let sealed = try vault.seal(plain, context: "customers.name")
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!opens(changed), "bit \(bit)")
        }
    }

    @Test("A value cut short or made longer does not open")
    func noticesLengths() throws {
        let sealed = try vault.seal(plain, context: "customers.name")
        for count in 0..<sealed.count { #expect(!opens(Array(sealed.prefix(count))), "\(count) bytes") }
        #expect(!opens(sealed + [0]))
    }

    @Test("Another key does not open, and another generation is named")
    func keepsKeysApart() throws {
        let sealed = try vault.seal(plain, context: "customers.name")
        let other = Vault(key: StoreKey(secret: SymmetricKey(size: .bits256), generation: 1))
        #expect(throws: StorageError.self) { try other.open(sealed, context: "customers.name") }
        let later = Vault(key: StoreKey(secret: SymmetricKey(data: [UInt8](repeating: 7, count: 32)), generation: 2))
        let error = #expect(throws: StorageError.self) { try later.open(sealed, context: "customers.name") }
        #expect(error?.code == .sealBroken)
        #expect(error?.message.contains("generation 1") == true)
    }

    @Test("A value is sealed differently each time and does not show")
    func hides() throws {
        let one = try vault.seal(plain, context: "customers.name")
        let two = try vault.seal(plain, context: "customers.name")
        #expect(one != two)
        #expect(!one.indices.dropLast(plain.count).contains { Array(one[$0...].prefix(plain.count)) == plain })
    }

    @Test("A sealer that is kept and the vault understand each other")
    func keepsSealers() throws {
        let sealer = vault.sealer(for: "customers.name")
        #expect(try vault.open(sealer.seal(plain), context: "customers.name") == plain)
        #expect(try sealer.open(vault.seal(plain, context: "customers.name")) == plain)
    }

    @Test("More contexts than are kept still work")
    func survivesManyContexts() throws {
        for index in 0...StorageLimits.contextsMax {
            let sealed = try vault.seal(plain, context: "context \(index)")
            #expect(try vault.open(sealed, context: "context \(index)") == plain)
        }
    }

    @Test("A blind index is HMAC-SHA-256 over length, domain and value, cut to 16 bytes")
    func indexes() {
        let key = StoreKey(secret: SymmetricKey(data: [UInt8](repeating: 7, count: 32)), generation: 1)
        let expected = HMAC<SHA256>.authenticationCode(
            for: [5] + Array("phone".utf8) + Array("+4799999999".utf8), using: key.derived(for: "index"))
        #expect(vault.blindIndex(Array("+4799999999".utf8), domain: "phone") == Array(expected.prefix(16)))
    }

    @Test("Values of every length around the hash's blocks have the index that the library gives them")
    func indexesEveryLength() {
        let key = StoreKey(secret: SymmetricKey(data: [UInt8](repeating: 9, count: 32)), generation: 1)
        let (vault, derived) = (Vault(key: key), key.derived(for: "index"))
        for count in 0...200 {
            let value = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31) }
            let expected = HMAC<SHA256>.authenticationCode(for: [4] + Array("card".utf8) + value, using: derived)
            #expect(vault.blindIndex(value, domain: "card") == Array(expected.prefix(16)))
        }
    }

    @Test("Equal values of different domains have different indexes, and no domain runs into a value")
    func keepsDomainsApart() {
        let indexes = [
            vault.blindIndex(plain, domain: "phone"), vault.blindIndex(plain, domain: "email"),
            vault.blindIndex(Array("bc".utf8), domain: "a"), vault.blindIndex(Array("c".utf8), domain: "ab"),
        ]
        #expect(Set(indexes).count == 4)
        #expect(vault.blindIndex(plain, domain: "phone") == indexes[0])
    }
}
