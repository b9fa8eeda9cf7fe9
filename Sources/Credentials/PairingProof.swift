import Crypto
import Foundation

/// How a till proves that it knows a code's secret, to this edge and for this request alone: HMAC-SHA-256 (RFC 2104) under
/// the secret over the text `countertop pairing 1` and a newline, the 16 bytes of the edge's ``KeyFingerprint``, and the
/// till's certificate request (or, of a browser, its public key), as sent.
package enum PairingProof {
    package static let byteCount = 32

    private static let label = Array("countertop pairing 1\n".utf8)

    package static func make(_ code: PairingCode, request: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message(code, request), using: SymmetricKey(data: code.secret)))
    }

    /// Whether a proof is right, found out in a time that does not depend on where it is wrong.
    package static func isValid(_ proof: [UInt8], _ code: PairingCode, request: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            proof, authenticating: message(code, request), using: SymmetricKey(data: code.secret))
    }

    private static func message(_ code: PairingCode, _ request: [UInt8]) -> Data {
        Data(label + code.edge.bytes + request)
    }
}
