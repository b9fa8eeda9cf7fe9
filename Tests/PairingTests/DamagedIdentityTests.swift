import Credentials
import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Pairing

@Suite struct DamagedIdentityTests {
    private let directory: TemporaryDirectory
    private let now = Date(timeIntervalSince1970: 1_790_000_000)
    private let names = ["127.0.0.1", "edge.local"]

    init() throws { directory = try TemporaryDirectory() }

    private func identity() throws -> StoreIdentity {
        try StoreIdentity.loadOrCreate(at: directory.file("identity"), store: "Storgata", now: now)
    }

    @Test(
        "A key or certificate that a bad disk has changed is refused in a sentence, or what is served is of the store's own key",
        arguments: ["authority-key.pem", "authority.pem", "edge-key.pem", "edge.pem"])
    func survives(_ name: String) throws {
        let whole = try identity()
        _ = try whole.certificate(names: names, now: now)
        let path = "identity/\(name)"
        let original = try directory.bytes(path)
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomSource(seed: seed)
        for round in 0..<100 {
            var bytes = original
            if round.isMultiple(of: 4) {
                bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            } else {
                for _ in 0...Int.random(in: 0..<4, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            try directory.write(bytes, to: path)
            try directory.setMode(0o600, of: path)
            do {
                let damaged = try identity()
                let certificate = try Certificate(derEncoded: damaged.certificate(names: names, now: now))
                #expect(
                    damaged.authority.certificate.publicKey.isValidSignature(certificate.signature, for: certificate),
                    "seed \(seed), round \(round)")
                #expect(certificate.publicKey == Certificate.PublicKey(damaged.key.key.publicKey))
            } catch let error as PairingError {
                #expect(error.message.hasSuffix("."), "seed \(seed), round \(round): \(error.message)")
            } catch {
                Issue.record("seed \(seed), round \(round): \(error)")
            }
        }
        // Nothing was made in the place of what was damaged.
        try directory.write(original, to: path)
        try directory.setMode(0o600, of: path)
        let again = try identity()
        #expect(again.authority.der == whole.authority.der)
        #expect(again.fingerprint == whole.fingerprint)
    }
}
