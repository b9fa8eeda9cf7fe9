package import Customers
package import Foundation
package import Journal

/// What the connectors of a store share.
package struct ConnectorTools: Sendable {
    package var caller: HTTPCaller
    package var credentials: CredentialFiles
    /// Whose phone numbers stand without a country code.
    package var region: PhoneRegion
    package var now: @Sendable () -> FeedTime
    /// By which connectors wait.
    package var time = StoreTime.real
    /// Of the store's clock.
    package var zone = TimeZone.current
    /// Puts something into the outbox; it waits for the disk. Returns whether it is there, now or from before.
    package var outbox: @Sendable (OutboxDraft) -> Bool
    /// Has a feed run now.
    package var runFeed: @Sendable (String) -> Void
    /// A customer has answered a login, which is named by the system's own word for it.
    package var loginAnswered: @Sendable (_ request: String) -> Void = { _ in }
    /// A customer of a system took back what was agreed to. It waits for the disk. Returns whether that is written down.
    package var consentWithdrawn: @Sendable (_ system: String, _ subject: String, _ at: Date) async -> Bool = {
        _, _, _ in
        false
    }

    package init(
        caller: HTTPCaller, credentials: CredentialFiles, region: PhoneRegion,
        now: @escaping @Sendable () -> FeedTime, outbox: @escaping @Sendable (OutboxDraft) -> Bool = { _ in false },
        runFeed: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.caller = caller
        self.credentials = credentials
        self.region = region
        self.now = now
        self.outbox = outbox
        self.runFeed = runFeed
    }

    /// Puts an order into the outbox.
    /// - Returns: whether it is there.
    func post(_ order: SystemOrder, to system: String, operation: [UInt8], subject: String) -> Bool {
        outbox(OutboxDraft(order, to: system, operation: operation, subject: subject))
    }

    /// Tools that reach nobody: to see whether settings can be used.
    package static var nobody: ConnectorTools {
        ConnectorTools(
            caller: HTTPCaller(), credentials: CredentialFiles(directory: nil), region: PhoneRegion.all[0],
            now: { FeedTime(wall: .distantPast, uptime: .zero) })
    }
}
