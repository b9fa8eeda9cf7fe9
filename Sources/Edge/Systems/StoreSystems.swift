import Customers
import Foundation
import Journal
import Logging
import Systems
import Wire

/// The systems outside that the store works with.
final class StoreSystems: Sendable {
    /// A system of the configuration, and its connector while it is switched on.
    struct Entry: Sendable {
        let settings: SystemSettings
        let connector: (any Connector)?
    }

    let entries: [Entry]
    private let caller = HTTPCaller()
    private let runFeed = Hook<@Sendable (_ name: String) -> Void>({ _ in })
    private let loginAnswered = Hook<@Sendable (_ request: String) -> Void>({ _ in })
    private let consentWithdrawn = Hook<@Sendable (_ system: String, _ subject: String, _ at: Date) async -> Bool>({
        _, _, _ in false
    })
    /// Puts something into the outbox; it waits for the disk. Returns whether it is there, now or from before.
    let post: @Sendable (OutboxDraft) -> Bool
    /// The articles that a system knows; `nil` where none tells them.
    let articles: ArticleList?
    private let articleReader: ArticleReader?
    private let notices: [NoticeRunner]
    private let running = Runners()

    /// - Parameter outbox: into which connectors put what follows from what they read.
    /// - Throws: ``EdgeError`` `configurationInvalid`.
    init(
        _ configuration: EdgeConfiguration, region: PhoneRegion, outbox: Outbox,
        credentials: CredentialFiles = CredentialFiles(), time: StoreTime, logger: Logger
    ) throws(EdgeError) {
        let (runFeed, loginAnswered, consentWithdrawn) = (runFeed, loginAnswered, consentWithdrawn)
        let post: @Sendable (OutboxDraft) -> Bool = { draft in
            switch try? outbox.post(draft, now: time.now().wall) {
            case .queued?, .known?, .otherOperation?: true
            case .full?, .unfit?, nil: false
            }
        }
        self.post = post
        var tools = ConnectorTools(
            caller: caller, credentials: credentials, region: region,
            now: time.now, outbox: post, runFeed: { runFeed.call($0) })
        tools.zone = configuration.zone
        tools.time = time
        tools.loginAnswered = { loginAnswered.call($0) }
        tools.consentWithdrawn = { await consentWithdrawn.call($0, $1, $2) }
        var entries: [Entry] = []
        for settings in configuration.systems {
            do throws(SettingFault) {
                let kind = settings.isEnabled ? ConnectorKinds.named(settings.kind) : nil
                entries.append(Entry(settings: settings, connector: try kind?.init(settings, tools)))
            } catch {
                throw EdgeError(.configurationInvalid, "System \(settings.name): \(error.words)")
            }
        }
        self.entries = entries
        let articleSource = entries.lazy.compactMap { $0.connector as? any ArticleSource }.first {
            $0.articleSchedule != nil
        }
        let list = articleSource.map { _ in ArticleList(path: configuration.statePath + "/articles") }
        articles = list
        articleReader = articleSource.flatMap { source in
            list.flatMap { list in
                ArticleReader(
                    source, into: list, zone: configuration.zone, time: time,
                    onRead: {
                        logger.info("Articles were read.", metadata: ["articles": "\($0)", "strange": "\($1)"])
                    },
                    onFailure: { logger.warning("\($0.message)", metadata: ["reason": "\($0.code)"]) })
            }
        }
        notices = entries.compactMap { $0.connector as? any NoticeReceiver }.compactMap { receiver in
            NoticeRunner(
                receiver, zone: configuration.zone, seed: .random(in: 0 ... .max), time: time,
                onEvent: { logger.tell($0, of: receiver.client.name) })
        }
    }

    /// Begins to ask the relays for notices, and to read articles.
    func start() {
        for runner in notices { running.start { await runner.run() } }
        if let articleReader { running.start { await articleReader.run() } }
    }

    /// What is read of the systems.
    var feeds: [(kind: String, feed: ConnectorFeed)] {
        entries.flatMap { entry in
            (entry.connector?.feeds ?? []).map { (kind: entry.settings.kind, feed: $0) }
        }
    }

    /// - Parameter run: has a feed run now, by its name.
    func onRunFeed(_ run: @escaping @Sendable (String) -> Void) { runFeed.set(run) }

    /// - Parameters:
    ///   - answered: is told that a customer has answered a login, by the system's word for it.
    ///   - withdrawn: writes down that a customer took back what was agreed to, and says whether it is.
    func onEnrolled(
        answered: @escaping @Sendable (String) -> Void,
        withdrawn: @escaping @Sendable (_ system: String, _ subject: String, _ at: Date) async -> Bool
    ) {
        loginAnswered.set(answered)
        consentWithdrawn.set(withdrawn)
    }

    /// The queues of the outbox that are delivered, by their names: one of each system that takes orders, and one for its sales,
    /// which may wait for a schedule and hold nothing else up.
    var receivers: [String: any OutboxReceiver] {
        var receivers: [String: any OutboxReceiver] = [:]
        for receiver in orderReceivers {
            receivers[receiver.client.name] = receiver
            receivers[Self.salesQueue(receiver.client.name)] = receiver
        }
        return receivers
    }

    /// No system has a name with a dot.
    static func salesQueue(_ system: String) -> String { system + ".sales" }

    /// The systems that take orders, in the configuration's order.
    var orderReceivers: [any OrderReceiver] { entries.compactMap { $0.connector as? any OrderReceiver } }

    /// What somebody should see to.
    var findings: [Finding] {
        let warnings = entries.flatMap { $0.connector?.warnings ?? [] }.map {
            Finding(reason: "SYSTEM_WARNING", message: $0)
        }
        let articles = articleReader.flatMap { reader in
            reader.failure.map {
                Finding(reason: "ARTICLES_UNREAD", message: "The articles of \(reader.system) are not read: \($0)")
            }
        }
        return warnings + [articles].compactMap(\.self)
            + notices.compactMap { runner in
                runner.failure.map {
                    Finding(reason: "RELAY_DOWN", message: "Notices of \(runner.system) do not come: \($0)")
                }
            }
    }

    func entry(_ name: String) -> Entry? { entries.first { $0.settings.name == name } }

    /// Nothing is asked afterwards.
    func close() async {
        await running.stop()
        await caller.close()
    }
}

extension Logger {
    fileprivate func tell(_ event: NoticeRunner.Event, of system: String) {
        switch event {
        case .taken(let counts):
            let level: Logger.Level = counts.unproven + counts.broken > 0 ? .warning : .info
            log(
                level: level, "Notices have come.",
                metadata: [
                    "system": "\(system)", "taken": "\(counts.taken)", "passed_over": "\(counts.passedOver)",
                    "unproven": "\(counts.unproven)", "broken": "\(counts.broken)",
                ])
        case .failed(let error):
            var metadata: Logger.Metadata = ["system": "\(system)", "reason": "\(error.code)"]
            if let cause = error.cause { metadata["cause"] = "\(cause)" }
            warning("\(error.message)", metadata: metadata)
        }
    }
}
