import Credentials
import Foundation

/// The folder of a till that stays connected for long: what is in it is read for each connection, and renewed in time.
struct CredentialsFolder: Sendable {
    /// How often a link that stays connected looks whether renewal is due.
    static let checkEvery: Duration = .seconds(86_400)

    let path: String
    var now: @Sendable () -> Date = { Date() }

    /// - Throws: ``CountertopError`` CREDENTIALS_UNUSABLE.
    func read() throws(CountertopError) -> TillCredentials {
        try TillCredentials(folder: path)
    }

    /// Gets a new certificate when less than a third of the present one's time is left, and keeps it. Where that fails the present
    /// one stays good, and the next connection or the next day tries again.
    func renewIfDue(by maker: any CallMaker) async {
        guard let credentials = try? read(), credentials.contents.isRenewalDue(now: now()) else { return }
        try? await PairingCalls(maker: maker).renew().save(folder: path)
    }
}
