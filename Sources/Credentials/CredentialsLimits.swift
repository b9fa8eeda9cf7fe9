/// The bounds of what this module reads.
package enum CredentialsLimits {
    /// The longest certificate request, in bytes. One with a P-256 key and a name takes about 250.
    package static let requestBytesMax = 2_048
    /// The longest certificate, in bytes.
    package static let certificateBytesMax = 8_192
    /// The longest file of a key or certificate, in bytes.
    package static let fileBytesMax = 32_768
    /// The longest text that is looked at as a pairing code, in bytes: a code with a space after each of its characters.
    package static let codeBytesMax = 128
}
