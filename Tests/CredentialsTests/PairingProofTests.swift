import Crypto
import Foundation
import Testing

@testable import Credentials

@Suite struct PairingProofTests {
    private let code = PairingCode(edge: KeyFingerprint(publicKey: [1]), secret: [1, 2, 3, 4, 5, 6, 7, 8])

    @Test("The proof is the HMAC that pairing.proto describes")
    func construction() {
        let message = Data("countertop pairing 1\n".utf8) + Data(SHA256.hash(data: [1]).prefix(16)) + Data([9, 9])
        let expected = HMAC<SHA256>.authenticationCode(
            for: message, using: SymmetricKey(data: [1, 2, 3, 4, 5, 6, 7, 8]))
        #expect(PairingProof.make(code, request: [9, 9]) == Array(expected))
    }

    @Test("A proof serves one request, one edge and one secret, and no other")
    func serves() {
        let proof = PairingProof.make(code, request: [9, 9])
        #expect(PairingProof.isValid(proof, code, request: [9, 9]))
        #expect(!PairingProof.isValid(proof, code, request: [9, 8]))
        #expect(!PairingProof.isValid(proof, code, request: [9]))
        let otherEdge = PairingCode(edge: KeyFingerprint(publicKey: [2]), secret: code.secret)
        #expect(!PairingProof.isValid(proof, otherEdge, request: [9, 9]))
        #expect(!PairingProof.isValid(proof, PairingCode(edge: code.edge), request: [9, 9]))
    }

    @Test("No proof with a bit changed, cut or lengthened is right")
    func bits() {
        let proof = PairingProof.make(code, request: [9, 9])
        for bit in 0..<proof.count * 8 {
            var changed = proof
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(!PairingProof.isValid(changed, code, request: [9, 9]))
        }
        for count in 0..<proof.count {
            #expect(!PairingProof.isValid(Array(proof.prefix(count)), code, request: [9, 9]))
        }
        #expect(!PairingProof.isValid(proof + [0], code, request: [9, 9]))
    }
}
