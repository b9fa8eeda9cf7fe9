import Credentials
import Foundation
import Synchronization

/// The folder of a till that stays connected for long: what is in it is read for each connection, and renewed in time.
struct CredentialsFolder: Sendable {
    /// How often a link that stays connected looks whether renewal is due.
    static let checkEvery: Duration = .seconds(86_400)
    /// After which time it is tried again, and how often at most the same failure is told.
    static let retryAfter: Duration = .seconds(3_600)

    let path: String
    var now: @Sendable () -> Date = { Date() }
    private let tell: @Sendable (CertificateRenewal) -> Void
    private let told = Told()

    init(path: String, tell: @escaping @Sendable (CertificateRenewal) -> Void = CertificateRenewal.complain) {
        self.path = path
        self.tell = tell
    }

    /// - Throws: ``CountertopError`` CREDENTIALS_UNUSABLE.
    func read() throws(CountertopError) -> TillCredentials {
        try TillCredentials(folder: path)
    }

    /// Gets a new certificate when less than a third of the present one's time is left, and keeps it. Where that fails the present
    /// one stays good, the failure is told, and the next connection or the next hour tries again.
    /// - Returns: when to look again.
    @discardableResult
    func renewIfDue(by maker: any CallMaker) async -> Duration {
        var goodUntil: Date?
        do throws(CountertopError) {
            let present = try read()
            goodUntil = present.goodUntil
            guard present.contents.isRenewalDue(now: now()) else { return Self.checkEvery }
            let renewed = try await PairingCalls(maker: maker).renew()
            try renewed.save(folder: path)
            told.forget()
            tell(.renewed(until: renewed.goodUntil))
            return Self.checkEvery
        } catch {
            // Whoever ends the link has nothing to be told.
            guard error.code != .cancelled else { return Self.retryAfter }
            if told.isNews(error.reason, now: now()) { tell(.failed(error, goodUntil: goodUntil)) }
            return Self.retryAfter
        }
    }
}

/// What was told last: a till that connects again and again is not to say the same each time.
private final class Told: Sendable {
    private let last = Mutex<(reason: String, at: Date)?>(nil)

    func isNews(_ reason: String, now: Date) -> Bool {
        last.withLock { last in
            if let last, last.reason == reason,
                now.timeIntervalSince(last.at) < CredentialsFolder.retryAfter / .seconds(1)
            {
                return false
            }
            last = (reason, now)
            return true
        }
    }

    func forget() { last.withLock { $0 = nil } }
}
