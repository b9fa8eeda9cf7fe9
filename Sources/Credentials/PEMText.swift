import SwiftASN1

/// Certificates as text (RFC 7468).
package enum PEMText {
    package static func pem(_ der: [UInt8]) -> String {
        PEMDocument(type: "CERTIFICATE", derBytes: der).pemString + "\n"
    }

    /// - Throws: ``CredentialsError`` `certificateMalformed`.
    package static func der(_ pem: String) throws(CredentialsError) -> [UInt8] {
        do {
            let document = try PEMDocument(pemString: pem)
            guard document.discriminator == "CERTIFICATE" else {
                throw CredentialsError(
                    .certificateMalformed, "The text is a \(document.discriminator), no certificate.")
            }
            return document.derBytes
        } catch let error as CredentialsError {
            throw error
        } catch {
            throw CredentialsError(
                .certificateMalformed, "The text is no certificate in PEM.", cause: "\(type(of: error))")
        }
    }
}
