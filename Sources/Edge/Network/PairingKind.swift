import Credentials
import Crypto
import Foundation
import Wire

/// What asks to be paired, checked.
enum PairingKind: Sendable {
    /// A till with a certificate.
    case certificate(CertificateRequest, der: [UInt8])
    /// A page in a browser.
    case browser(P256.Signing.PublicKey, der: [UInt8])

    /// The longest public key of a browser, in bytes: P-256 takes 91.
    private static let keyBytesMax = 256

    /// - Throws: ``Wire/Status`` ARGUMENT_INVALID.
    init(_ kind: PairRequest.Kind?) throws(Status) {
        switch kind {
        case .certificateRequest(let der):
            do throws(CredentialsError) {
                self = .certificate(try CertificateRequest(der: der), der: der)
            } catch {
                throw Status(.argumentInvalid, error.message)
            }
        case .browserKey(let der):
            guard der.count <= Self.keyBytesMax, let key = try? P256.Signing.PublicKey(derRepresentation: der) else {
                throw Status(.argumentInvalid, "That is no P-256 public key. Export it from WebCrypto as \"spki\".")
            }
            self = .browser(key, der: der)
        case nil:
            throw Status(.argumentInvalid, "The request holds neither a certificate request nor a browser's key.")
        }
    }

    /// What the proof is over.
    var bytes: [UInt8] {
        switch self {
        case .certificate(_, let der), .browser(_, let der): der
        }
    }
}
