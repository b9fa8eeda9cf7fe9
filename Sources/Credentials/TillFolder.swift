import Foundation
import Glibc

/// A till's folder on its own disk, in PEM: `till.pem` holds its key and its certificate, `store.pem` the certificate of the
/// store's authority.
package struct TillFolder: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// What a till needs to be known by its edge.
    package struct Contents: Sendable, Hashable {
        /// The till's key in PEM. It is a secret.
        package var keyPEM: String
        /// The till's certificate in DER.
        package var certificate: [UInt8]
        /// The certificate of the store's authority in DER: it says which edge is the store's.
        package var authority: [UInt8]

        package init(keyPEM: String, certificate: [UInt8], authority: [UInt8]) {
            self.keyPEM = keyPEM
            self.certificate = certificate
            self.authority = authority
        }
    }

    /// - Throws: ``CredentialsError`` when the till was not paired, or a file is not what it should be.
    package func read() throws(CredentialsError) -> Contents {
        let (till, store) = (try text("till.pem"), try text("store.pem"))
        guard let end = till.range(of: "-----BEGIN CERTIFICATE-----") else {
            throw CredentialsError(.fileMalformed, "\(path)/till.pem holds no certificate. Pair the till anew.")
        }
        return Contents(
            keyPEM: String(till[..<end.lowerBound]), certificate: try PEMText.der(String(till[end.lowerBound...])),
            authority: try PEMText.der(store))
    }

    /// Makes the folder, and finds out whether files can be written there: a code that was used is good for nothing more.
    /// - Throws: ``CredentialsError``, with what to do.
    package func prepare() throws(CredentialsError) {
        try SecretFile.makeDirectory(path)
        try SecretFile.write([], to: "\(path)/empty")
        unlink("\(path)/empty")
    }

    /// Writes both files. The key and its certificate are in one, so that a power cut leaves the old pair or the new one.
    package func write(_ contents: Contents) throws(CredentialsError) {
        try SecretFile.makeDirectory(path)
        try SecretFile.write(Array(PEMText.pem(contents.authority).utf8), to: "\(path)/store.pem")
        let till = contents.keyPEM.trimmingCharacters(in: .newlines) + "\n" + PEMText.pem(contents.certificate)
        try SecretFile.write(Array(till.utf8), to: "\(path)/till.pem")
    }

    private func text(_ name: String) throws(CredentialsError) -> String {
        guard let bytes = try SecretFile.read("\(path)/\(name)") else {
            throw CredentialsError(
                .fileMalformed,
                "\(path)/\(name) is not there: this till is not paired. Run `countertop pair` at the edge and "
                    + "`countertop join` here.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
