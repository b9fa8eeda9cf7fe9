@testable import Credentials

/// What must hold for any bytes at all of what a till pairs with. The fuzzers look for bytes for which it does not, and the
/// tests replay what they found and began with.
enum PairingProperties {
    /// A code that is read is written and read to the same, however it is split in typing; a certificate request is taken or
    /// refused, and so is a certificate as text. The first byte says which of the three it is.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func pairingHolds(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let rest = Array(input.dropFirst())
        switch choice % 3 {
        case 0: return codeHolds(rest)
        case 1: return requestHolds(rest)
        default: return pemHolds(String(decoding: rest, as: UTF8.self))
        }
    }

    private static func codeHolds(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let code = try? PairingCode(text: text)
        if let code {
            guard (try? PairingCode(text: code.text)) == code else { return "came back as another by \(code.text)" }
            let proof = PairingProof.make(code, request: bytes)
            guard PairingProof.isValid(proof, code, request: bytes) else { return "its proof does not hold" }
            guard !PairingProof.isValid(proof, code, request: bytes + [0]) else { return "its proof holds for another" }
        }
        // People and `countertop join` split a code where they like.
        let typed = Array(text.utf8)
        guard typed.count < CredentialsLimits.codeBytesMax, typed.allSatisfy({ $0 < 0x80 }) else { return nil }
        for place in 0...typed.count {
            let words =
                String(decoding: typed[..<place], as: UTF8.self) + " "
                + String(decoding: typed[place...], as: UTF8.self)
            guard (try? PairingCode(text: words)) == code else { return "split at byte \(place) it is another" }
        }
        return nil
    }

    private static func requestHolds(_ der: [UInt8]) -> String? {
        guard (try? CertificateRequest(der: der)) != nil else { return nil }
        guard der.count <= CredentialsLimits.requestBytesMax else { return "one of \(der.count) bytes was taken" }
        guard (try? CertificateRequest(der: der + [0])) == nil else { return "bytes behind a request were taken" }
        return nil
    }

    private static func pemHolds(_ text: String) -> String? {
        guard let der = try? PEMText.der(text) else { return nil }
        return (try? PEMText.der(PEMText.pem(der))) == der ? nil : "a certificate's text came back as another"
    }
}
