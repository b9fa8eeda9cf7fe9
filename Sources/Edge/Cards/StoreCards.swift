import Cards
import Dispatch
import Foundation
import Logging
import NIOPosix
import Storage
import Synchronization
import Wire

/// The store's own cards: their register, what sends them, and the pages that show them.
final class StoreCards: Sendable {
    /// `nil` while the store issues no cards and has never issued one.
    let register: CardRegister?
    /// `nil` where the configuration has no cards: those that were issued before scan on, and no new ones come.
    let documents: CardDocuments?
    let settings: CardSettings?
    let watches = CardWatches()

    private let health: EdgeHealth
    private let logger: Logger
    /// Whoever writes waits for the disk there, and never on a till's event loop.
    private let thread = DispatchQueue(label: "countertop.cards")
    private let dispatcher: CardDispatcher?
    private let running = Mutex<(task: Task<Void, Never>?, host: CardHost?)>((nil, nil))

    /// - Throws: ``EdgeError`` `stateUnusable`, `configurationInvalid`.
    init(
        _ configuration: EdgeConfiguration, vault: Vault, health: EdgeHealth, logger: Logger
    ) throws(EdgeError) {
        settings = configuration.cards
        self.health = health
        self.logger = logger
        let path = configuration.statePath + "/cards.db"
        try Self.makeLinkKey(settings)
        do throws(CardsError) {
            documents = try settings.map { settings throws(CardsError) in
                try settings.documents(zone: configuration.zone)
            }
        } catch {
            throw EdgeError(.configurationInvalid, error.message, cause: error.cause)
        }
        do throws(CardsError) {
            let isNeeded = settings != nil || FileManager.default.fileExists(atPath: path)
            register =
                isNeeded ? try CardRegister(path: path, vault: vault, company: configuration.store.company) : nil
        } catch {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        }
        guard let register, let documents, let settings else {
            dispatcher = nil
            return
        }
        let (watches, logger) = (watches, logger)
        dispatcher = CardDispatcher(
            register: register, documents: documents, gateways: settings.gateways(),
            onChange: { card in
                watches.changed(card)
                logger.tell(card)
            },
            onFault: { health.cards($0) })
    }

    /// A disk that refuses to take a new key may take it later; a key that is there and wrong is for a person.
    private static func makeLinkKey(_ settings: CardSettings?) throws(EdgeError) {
        guard let settings, !FileManager.default.fileExists(atPath: settings.keyPath) else { return }
        do throws(CardsError) {
            _ = try LinkKey.loadOrCreate(at: settings.keyPath)
        } catch {
            throw EdgeError(
                .stateUnusable,
                "The key of card links \(settings.keyPath) is not there and cannot be made. Leave cards.key out of the "
                    + "configuration, and the edge makes it in its state folder; or make it yourself: openssl rand -hex 32 "
                    + "| sudo install -m 600 -o countertop /dev/stdin \(settings.keyPath)",
                cause: error.cause ?? error.message)
        }
    }

    /// Begins to send, and to show the pages where the configuration says so.
    /// - Throws: ``EdgeError`` `listenFailed`.
    func start(on group: MultiThreadedEventLoopGroup) async throws(EdgeError) {
        if let dispatcher {
            let task = Task { await dispatcher.run() }
            running.withLock { $0.task = task }
        }
        guard let documents, let register, let pages = settings?.pages else { return }
        let site = CardSite(documents) { code in
            ((try? register.card(code)) ?? nil)?.state == .active
        }
        do throws(CardsError) {
            let host = try await CardHost.bind(host: pages.host, port: pages.port, site: site, on: group)
            running.withLock { $0.host = host }
            logger.notice("Card pages are served.", metadata: ["port": "\(host.port)"])
        } catch {
            throw EdgeError(.listenFailed, error.message, cause: error.cause)
        }
    }

    /// Where the pages are served; `nil` when they are not.
    var pagePort: Int? { running.withLock(\.host)?.port }

    /// A card is due to be sent.
    func ring() { dispatcher?.ring() }

    /// Runs work that waits for the disk.
    func onThread<Value: Sendable>(
        _ work: @escaping @Sendable () throws(CardsError) -> Value
    ) async throws(Status) -> Value {
        let result: Result<Value, CardsError> = await withCheckedContinuation { done in
            thread.async { done.resume(returning: Result { () throws(CardsError) in try work() }) }
        }
        do throws(CardsError) {
            return try result.get()
        } catch {
            throw Status(error)
        }
    }

    /// What is not as it should be.
    var findings: [Finding] {
        guard let register, let backlog = try? register.backlog(), backlog.failed > 0 else { return [] }
        return [
            Finding(
                reason: "CARDS_NOT_SENT",
                message:
                    "Cards that could not be sent: \(backlog.failed). They scan all the same. Cards/List says why; send "
                    + "them again with Cards/Send.")
        ]
    }

    /// Lets the message under way end, and closes the register.
    func stop() async {
        let (task, host) = running.withLock { running in
            defer { running = (nil, nil) }
            return running
        }
        await host?.close()
        task?.cancel()
        dispatcher?.ring()
        await task?.value
    }

    func close() { register?.close() }
}

extension EdgeHealth {
    fileprivate func cards(_ fault: CardsError?) {
        note(
            "CARDS_UNUSABLE", fault.map { "Cards are not sent: \($0.message)" }, cause: fault?.cause)
    }
}

extension Logger {
    fileprivate func tell(_ card: Cards.Card) {
        let level: Logger.Level = card.dispatch.state == .failed ? .warning : .info
        var metadata: Logger.Metadata = [
            "card": "\(card.id)", "state": "\(card.dispatch.state)", "attempts": "\(card.dispatch.attempts)",
        ]
        if !card.dispatch.reason.isEmpty { metadata["reason"] = "\(card.dispatch.reason)" }
        log(level: level, "A card is on its way.", metadata: metadata)
    }
}
