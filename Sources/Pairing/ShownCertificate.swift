package import Foundation

/// A till's certificate of this store's, as the till showed it.
package struct ShownCertificate: Sendable, Hashable {
    /// The till's id.
    package let till: String
    package let serial: [UInt8]
    /// To the second.
    package let issuedAt: Date
    /// To the second.
    package let expiresAt: Date
}
