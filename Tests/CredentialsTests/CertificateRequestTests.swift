import Crypto
import Testing
import X509

@testable import Credentials

@Suite struct CertificateRequestTests {
    @Test("A request of the own key is read back")
    func readsBack() throws {
        let key = SigningKey()
        let request = try CertificateRequest(der: try CertificateRequest.make(key))
        #expect(P256.Signing.PublicKey(request.publicKey)?.derRepresentation == key.key.publicKey.derRepresentation)
    }

    @Test("Every bit of a request is under its signature: none may be changed")
    func bits() throws {
        let der = try CertificateRequest.make(SigningKey())
        for bit in 0..<der.count * 8 {
            var changed = der
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: CredentialsError.self, "bit \(bit)") { try CertificateRequest(der: changed) }
        }
    }

    @Test("A cut request, one with something after it, and one that is too long are refused")
    func lengths() throws {
        let der = try CertificateRequest.make(SigningKey())
        for count in 0..<der.count {
            #expect(throws: CredentialsError.self) { try CertificateRequest(der: Array(der.prefix(count))) }
        }
        #expect(throws: CredentialsError.self) { try CertificateRequest(der: der + [0]) }
        let long = [UInt8](repeating: 0x30, count: CredentialsLimits.requestBytesMax + 1)
        #expect(throws: CredentialsError.self) { try CertificateRequest(der: long) }
    }

    @Test("Bytes of any kind are refused")
    func fuzz() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomSource(seed: seed)
        let der = try CertificateRequest.make(SigningKey())
        for _ in 0..<2_000 {
            var bytes = der
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            guard bytes != der else { continue }
            #expect(throws: CredentialsError.self, "seed \(seed)") { try CertificateRequest(der: bytes) }
        }
        // Sequences within sequences, as deep as the length allows.
        let deep = (0..<CredentialsLimits.requestBytesMax / 2).flatMap { _ in [0x30, 0x80] as [UInt8] }
        #expect(throws: CredentialsError.self) { try CertificateRequest(der: deep) }
    }
}
