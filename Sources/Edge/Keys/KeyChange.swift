import Cards
import Customers
import Dispatch
import Foundation
import Glibc
import Journal
import Logging
import Storage
import Synchronization
import Wire

/// Rewrites what is sealed under the store's key before, file after file, on a thread of its own and in small steps, while the
/// edge serves; and says how far it has come. The keys are taken up when the edge starts, or while it works.
///
/// Look-ups find a row under either key meanwhile. A process that ends amid it goes on where it was.
final class KeyChange: Sendable {
    /// The pause after a step is at least this long, and as long as the step took: half of the disk is left to others.
    private static let pauseMin = Duration.milliseconds(5)
    /// How long a file that cannot be written is left alone.
    private static let retryAfter = Duration.seconds(30)
    /// The lowest priority there is (sched(7), "The nice value").
    private static let niceness: CInt = 19
    /// How long it is waited for a rewriting that has nothing left to do but to end.
    private static let endWait = DispatchTimeInterval.seconds(10)

    /// What is to be rewritten.
    struct Files: Sendable {
        let journal: ScanJournal
        let replica: Replica
        let cards: CardRegister?
        let members: MemberRegister?
        /// The members of a store that enrols nobody now.
        let closedMembers: ClosedMembers?
    }

    private enum Standing {
        case idle
        case rewriting(file: String, rows: Int, of: Int)
        case heldUp(file: String, cause: String)
        case done
    }

    private struct State {
        var keys: StoreKeys
        var standing = Standing.idle
        var isStopping = false
        /// Whether the thread is there.
        var isRunning = false
    }

    /// Why keys are not taken up.
    enum Refusal: Error {
        /// They do not follow those that are held.
        case unfit
        /// Files still need the key before.
        case needed
    }

    private let files: Files
    private let logger: Logger
    private let state: Mutex<State>
    private let bell = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()

    /// - Parameter keys: those under which the files were opened.
    init(_ files: Files, keys: StoreKeys, logger: Logger) {
        self.files = files
        self.logger = logger
        state = Mutex(State(keys: keys))
    }

    /// Begins, where the key file holds a key before; with one key there is nothing to do.
    func start() {
        let begins = state.withLock { state in
            guard state.keys.before != nil, !state.isRunning, !state.isStopping else { return false }
            if case .done = state.standing { return false }
            state.isRunning = true
            return true
        }
        guard begins else { return }
        ended.enter()
        let thread = Thread { @Sendable [self] in
            // On Linux a priority is a thread's own (setpriority(2), "BUGS").
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
            run()
            state.withLock { $0.isRunning = false }
            ended.leave()
        }
        thread.name = "key change"
        thread.start()
    }

    /// Takes up the keys of a key file that was changed; one call at a time. It may wait for a rewriting that is at its end.
    /// - Parameter handover: see ``StoreKeys/handover()``.
    /// - Returns: the keys that are held now.
    /// - Throws: ``Refusal``; the keys are as they were then.
    func takeUp(_ handover: [UInt8]) throws(Refusal) -> StoreKeys {
        let held = state.withLock { $0.keys }
        guard let next = held.received(handover) else { throw .unfit }
        switch held.succession(next) {
        case .same: return held
        case .unfit: throw .unfit
        case .changed, .retired: break
        }
        // A key goes only when every file has said that nothing in it needs that one.
        if held.before != nil, !isDone { throw .needed }
        change(to: next)
        logger.notice("The edge has taken up the store's keys anew.", metadata: ["key": "\(next.present.generation)"])
        start()
        return next
    }

    private var isDone: Bool {
        guard ended.wait(timeout: .now() + Self.endWait) == .success else { return false }
        guard case .done = state.withLock({ $0.standing }) else { return false }
        return true
    }

    private func change(to keys: StoreKeys) {
        let vault = Vault(keys: keys)
        files.journal.change(to: vault)
        files.replica.change(to: vault)
        files.cards?.change(to: vault)
        files.members?.change(to: vault)
        files.closedMembers?.change(to: vault)
        state.withLock { state in
            state.keys = keys
            state.standing = .idle
        }
    }

    /// Ends after the step that is under way, and waits for that.
    func stop() {
        state.withLock { $0.isStopping = true }
        bell.signal()
        ended.wait()
    }

    /// What a person is to know of it.
    var findings: [Finding] {
        switch state.withLock({ $0.standing }) {
        case .idle: []
        case .rewriting(let file, let rows, let total):
            [
                Finding(
                    reason: "KEY_CHANGING",
                    message:
                        "The store's key was changed. What is sealed under the key before is rewritten while the edge "
                        + "works: \(file), \(min(rows, total)) of \(total) rows. Leave the key file as it is until this "
                        + "is over.")
            ]
        case .heldUp(let file, let cause):
            [
                Finding(
                    reason: "KEY_CHANGE_HELD_UP",
                    message:
                        "The store's key was changed, and \(file) cannot be rewritten under the new one: \(cause) It is "
                        + "tried again every \(Self.retryAfter.components.seconds) seconds; leave the key file as it is."
                )
            ]
        case .done:
            [
                Finding(
                    reason: "KEY_RETIRABLE",
                    message:
                        "No file of the store needs the key before any more. Take it out of the key file (countertop key "
                        + "retire). Backups that were made before still need it.")
            ]
        }
    }

    // MARK: On the thread

    private func run() {
        logger.notice("The store's key was changed: what is sealed under the key before is rewritten.")
        let rewrites: [(name: String, make: () throws -> (any FileRewrite)?)] = [
            ("journal.db", { [files] in try files.journal.rewrite() }),
            ("cards.db", { [files] in try files.cards?.rewrite() }),
            ("members.db", { [files] in try files.members?.rewrite() }),
            ("members.db", { [files] in try files.closedMembers?.register()?.rewrite() }),
            ("replica.db", { [files] in try files.replica.rewrite() }),
        ]
        for (name, make) in rewrites {
            while !rewrite(name, make) {
                guard pause(Self.retryAfter) else { return }
            }
            if state.withLock({ $0.isStopping }) { return }
        }
        state.withLock { $0.standing = .done }
        logger.notice("No file of the store needs the key before any more. Run: countertop key retire")
    }

    /// - Returns: false when the disk refuses.
    private func rewrite(_ name: String, _ make: () throws -> (any FileRewrite)?) -> Bool {
        do {
            guard var rewrite = try make() else { return true }
            return try carryOut(&rewrite)
        } catch {
            state.withLock { $0.standing = .heldUp(file: name, cause: Self.sentence(error)) }
            logger.error("A file cannot be rewritten under the new key.", metadata: ["file": "\(name)"])
            return false
        }
    }

    private func carryOut(_ rewrite: inout any FileRewrite) throws -> Bool {
        while true {
            let progress = rewrite.progress
            state.withLock {
                $0.standing = .rewriting(file: rewrite.name, rows: progress.rows, of: progress.of)
            }
            let begin = ContinuousClock.now
            guard try rewrite.step(while: { [self] in !state.withLock { $0.isStopping } }) else { return true }
            guard pause(max(Self.pauseMin, begin.duration(to: .now))) else { return true }
        }
    }

    /// - Returns: false when it is to end.
    private func pause(_ duration: Duration) -> Bool {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        _ = bell.wait(timeout: .now() + seconds)
        return !state.withLock { $0.isStopping }
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as StorageError: error.message
        case let error as CustomersError: error.message
        case let error as CardsError: error.message
        default: "Check the disk."
        }
    }
}
