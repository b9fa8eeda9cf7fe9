/// Every bound of pairing.
package struct PairingLimits: Sendable {
    /// How long a code may be used.
    package var codeTime: Duration = .seconds(600)
    /// How often a wrong proof may be given before the code is of no use any more.
    package var attemptsMax = 5
    /// How many tills a store may have paired, those revoked not counted.
    package var tillsMax = 256
    /// How many revoked tills are kept in the list; the oldest are forgotten first.
    package var revokedMax = 96
    /// How long a till's certificate is good for. It is renewed when a third of that is left.
    package var tillCertificateDays = 365
    /// How long the edge's certificate is good for; browsers take no more than 398 days.
    package var edgeCertificateDays = 365
    /// How long the authority's certificate is good for: longer than the machine lasts.
    package var authorityCertificateDays = 7_300
    /// How far the clock of a till may be behind when its certificate is made.
    package var clockSkew: Duration = .seconds(3_600)
    /// The longest name of a till, in bytes.
    package var nameBytesMax = 64
    /// How many names and addresses the edge's certificate holds.
    package var namesMax = 64

    package init() {}
}
