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

    @Test("A request with any bit changed is refused, or asks for the same key as before")
    func bits() throws {
        let der = try CertificateRequest.make(SigningKey())
        let key = try CertificateRequest(der: der).publicKey
        var accepted = 0
        for bit in 0..<der.count * 8 {
            var changed = der
            changed[bit / 8] ^= 1 << (bit % 8)
            guard let request = try? CertificateRequest(der: changed) else { continue }
            accepted += 1
            #expect(request.publicKey == key, "bit \(bit)")
        }
        // The name of the algorithm beside the signature is not under it.
        #expect(accepted < 8)
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

    @Test("Bytes of any kind are refused, or ask for the same key as before")
    func fuzz() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomSource(seed: seed)
        let der = try CertificateRequest.make(SigningKey())
        let key = try CertificateRequest(der: der).publicKey
        for _ in 0..<2_000 {
            var bytes = der
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            guard bytes != der else { continue }
            let request = try? CertificateRequest(der: bytes)
            #expect(request == nil || request?.publicKey == key, "seed \(seed)")
        }
        // Sequences within sequences, as deep as the length allows.
        let deep = (0..<CredentialsLimits.requestBytesMax / 2).flatMap { _ in [0x30, 0x80] as [UInt8] }
        #expect(throws: CredentialsError.self) { try CertificateRequest(der: deep) }
    }
}
