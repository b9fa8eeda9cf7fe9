import Credentials
import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Pairing

@Suite struct StoreIdentityTests {
    private let directory: TemporaryDirectory
    private let now = Date(timeIntervalSince1970: 1_790_000_000)

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func identity(_ name: String = "identity", now: Date? = nil) throws -> StoreIdentity {
        try StoreIdentity.loadOrCreate(at: directory.file(name), store: "Storgata", now: now ?? self.now)
    }

    @Test("The first start makes the keys, which nobody else may read, and every later start finds them")
    func stays() throws {
        let first = try identity()
        let second = try identity()
        #expect(first.fingerprint == second.fingerprint)
        #expect(first.authority.der == second.authority.der)
        for name in ["authority-key.pem", "authority.pem", "edge-key.pem"] {
            #expect(try directory.mode("identity/\(name)") == 0o600)
        }
        #expect(try directory.mode("identity") == 0o700)
        #expect(try directory.names() == ["identity"])
    }

    @Test(
        "A part that is missing, open to others or broken is said to be, and nothing is made in its place",
        arguments: ["authority-key.pem", "authority.pem", "edge-key.pem"])
    func parts(_ name: String) throws {
        _ = try identity()
        try directory.setMode(0o644, of: "identity/\(name)")
        let open = #expect(throws: PairingError.self) { try identity() }
        #expect(open?.message.contains("chmod 600") == true)
        try directory.write(Data("nonsense".utf8), to: "identity/\(name)")
        try directory.setMode(0o600, of: "identity/\(name)")
        #expect(throws: PairingError.self) { try identity() }
        try FileManager.default.removeItem(atPath: directory.file("identity/\(name)"))
        let missing = #expect(throws: PairingError.self) { try identity() }
        #expect(missing?.message.contains("is missing") == true)
        #expect(!FileManager.default.fileExists(atPath: directory.file("identity/\(name)")))
    }

    @Test("An authority of another store beside this one's key is refused")
    func mixed() throws {
        _ = try identity()
        _ = try identity("other")
        try directory.write(try directory.bytes("other/authority.pem"), to: "identity/authority.pem")
        let error = #expect(throws: PairingError.self) { try identity() }
        #expect(error?.message.contains("is not of its key") == true)
    }

    @Test(
        "The edge's certificate stays while its names do, and is made anew with others or when a third of its time is left"
    )
    func renewal() throws {
        let identity = try identity()
        let names = ["127.0.0.1", "::1", "edge.local"]
        let first = try identity.certificate(names: names, now: now)
        #expect(try identity.certificate(names: names, now: now + 86_400) == first)
        let moved = try identity.certificate(names: names + ["10.0.0.7"], now: now)
        #expect(moved != first)
        let certificate = try Certificate(derEncoded: moved)
        #expect(certificate.publicKey == Certificate.PublicKey(identity.key.key.publicKey))
        let held = try certificate.extensions.subjectAlternativeNames.map { Array($0) } ?? []
        #expect(held.contains(.ipAddress(ASN1OctetString(contentBytes: [10, 0, 0, 7]))))
        #expect(held.contains(.dnsName("edge.local")))
        let old = now + 250 * 86_400
        #expect(try identity.certificate(names: names + ["10.0.0.7"], now: old) != moved)
    }

    @Test("A till's certificate is known by its store alone, in its time alone, and an edge's is no till's")
    func checks() throws {
        let (store, other) = (try identity().authority, try identity("other").authority)
        let limits = PairingLimits()
        let request = try CertificateRequest(der: try CertificateRequest.make(SigningKey()))
        let issued = try store.issueTill(request, id: "till-a", limits: limits, now: now)
        #expect(store.check(issued.der, limits: limits, now: now) == .till(shown(issued)))
        #expect(other.check(issued.der, limits: limits, now: now) == .otherStore)
        #expect(store.check(issued.der, limits: limits, now: issued.expiresAt) == .expired)
        #expect(store.check(issued.der, limits: limits, now: now - 8_000) == .expired)
        let edge = try identity().certificate(names: ["a"], now: now)
        #expect(store.check(edge, limits: limits, now: now) == .noTill)
        #expect(store.check([], limits: limits, now: now) == .unreadable)
    }

    /// What the store's authority finds in a certificate of till-a's.
    private func shown(_ issued: StoreAuthority.Issued) -> ShownCertificate {
        ShownCertificate(till: "till-a", serial: issued.serial, issuedAt: now, expiresAt: issued.expiresAt)
    }

    @Test("A certificate with any byte changed is not this store's, or says the same as before")
    func changed() throws {
        let store = try identity().authority
        let request = try CertificateRequest(der: try CertificateRequest.make(SigningKey()))
        let issued = try store.issueTill(request, id: "till-a", limits: PairingLimits(), now: now)
        for index in issued.der.indices {
            var der = issued.der
            der[index] ^= 1
            let finding = store.check(der, limits: PairingLimits(), now: now)
            let same = StoreAuthority.Finding.till(shown(issued))
            #expect([.unreadable, .otherStore, same].contains(finding), "byte \(index): \(finding)")
        }
    }

    @Test("The machine's names can stand in a certificate")
    func names() {
        let names = MachineNames.all()
        #expect(names.contains("127.0.0.1"))
        #expect(names.allSatisfy { MachineNames.isName($0) || MachineNames.isAddress($0) })
        #expect(MachineNames.has(address: "127.0.0.1") && !MachineNames.has(address: "192.0.2.7"))
        #expect(!MachineNames.isName("a b"))
        #expect(!MachineNames.isName("-a"))
        #expect(!MachineNames.isName(""))
    }
}
