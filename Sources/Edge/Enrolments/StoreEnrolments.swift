import Customers
import Dispatch
import Foundation
import Journal
import Logging
import Storage
import Synchronization
import Systems
import Transport
import Wire

/// The enrolments that tills have started: one open in a lane at a time.
final class StoreEnrolments: Sendable {
    /// How often the local copy is told that nobody was enrolled, so that its answers do not grow old for want of enrolments.
    private static let freshEvery = Duration.seconds(60)
    /// Members that are given back to a local copy that began anew, in a page.
    private static let pageRows = 1_000

    /// What enrolling needs.
    struct Parts: Sendable {
        let enroller: any Enroller
        /// The system's name, which is that of the members' feed.
        let system: String
        let replica: Replica
        let register: MemberRegister
        let recogniser: Recogniser
        let lanes: StoreLanes
        let systems: StoreSystems
        let answers: StoredAnswers
        let text: DisplayText
        let logger: Logger
        let time: StoreTime

        var login: any PhoneLogin { enroller.login }

        var now: @Sendable () -> FeedTime { time.now }

        var entries: MemberEntries {
            MemberEntries(
                toldSystems: enroller.toldSystems, system: system, replica: replica, register: register,
                systems: systems, logger: logger)
        }
    }

    /// `nil` where no system of the configuration enrols customers.
    private let parts: Parts?
    /// Those who are enrolled; `nil` where nobody is.
    var register: MemberRegister? { parts?.register }
    /// Those who were, where nobody is now.
    let closed: ClosedMembers?
    private let runs: Mutex<[String: EnrolmentRun]>
    private let resumed: [EnrolmentRun]
    private let keeping = Mutex<Task<Void, Never>?>(nil)
    private let region: PhoneRegion

    /// - Throws: ``EdgeError`` `stateUnusable`.
    init(
        _ configuration: EdgeConfiguration, systems: StoreSystems, vault: Vault, replica: Replica,
        recogniser: Recogniser, lanes: StoreLanes, answers: StoredAnswers, time: StoreTime, logger: Logger
    ) throws(EdgeError) {
        region = replica.region
        let path = configuration.statePath + "/members.db"
        guard let enroller = systems.enroller else {
            parts = nil
            closed = ClosedMembers(path: path, vault: vault, company: configuration.store.company)
            runs = Mutex([:])
            resumed = []
            return
        }
        do throws(CustomersError) {
            let register = try MemberRegister(path: path, vault: vault, company: configuration.store.company)
            let parts = Parts(
                enroller: enroller, system: enroller.client.name, replica: replica, register: register,
                recogniser: recogniser, lanes: lanes, systems: systems, answers: answers,
                text: configuration.displayText, logger: logger, time: time)
            let open = Dictionary(Self.underWay(parts).map { ($0.lane, $0) }) { first, _ in first }
            runs = Mutex(open)
            resumed = Array(open.values)
            self.parts = parts
            closed = nil
        } catch {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        }
    }

    /// Fills a local copy that began anew, and goes on with what was under way when the edge ended.
    func start() {
        guard let parts else { return }
        let task = Task { [self] in
            await Self.onDisk {
                Self.giveBack(parts)
                parts.entries.finishAll()
            }
            for run in resumed { run.resume() }
            while !Task.isCancelled {
                await parts.time.sleep(for: Self.freshEvery)
                if Task.isCancelled { return }
                await Self.onDisk {
                    parts.entries.finishAll()
                    Self.touch(parts)
                }
            }
        }
        keeping.withLock { $0 = task }
    }

    /// Starts an enrolment.
    /// - Parameter operation: by which the start is known when it is made again.
    /// - Throws: ``Wire/Status`` ENROLMENTS_OFF, ENROLMENT_OPEN, PHONE_INVALID.
    func begin(
        lane: String, phone: String, operation: Journal.Operation?
    ) throws(Status) -> EnrolmentRun {
        guard let parts else {
            throw Status(
                .enrolmentsOff,
                "This store enrols nobody at the till. Add a system that does to the edge's configuration. Its kind is one of: "
                    + "\(ConnectorKinds.enrolling).")
        }
        guard let number = PhoneNumber(phone, region: region)?.e164 else {
            throw Status(.phoneInvalid, "That is no phone number. Type it anew, with its country code if need be.")
        }
        let login = parts.login
        let machine = Enrolment(
            id: Self.name(), lane: lane, phone: number, binding: login.hasBinding ? Self.word() : "",
            asksAccount: login.asksAccount, firstLook: login.firstLook)
        let run: EnrolmentRun? = runs.withLock { runs in
            if let open = runs[lane], !open.isOver { return nil }
            let run = EnrolmentRun(machine, operation: operation, parts)
            runs[lane] = run
            return run
        }
        guard let run else {
            throw Status(
                .enrolmentOpen,
                "Another enrolment is open in lane \(lane). Watch it, or cancel it before you start anew.")
        }
        run.begin()
        return run
    }

    /// The lane's enrolment that was started by an operation; `nil` when its last one is another.
    /// - Throws: ``Wire/Status`` OPERATION_REUSED.
    func run(lane: String, of operation: Journal.Operation) throws(Status) -> EnrolmentRun? {
        guard let run = runs.withLock({ $0[lane] }), let own = run.operation, own.key == operation.key else {
            return nil
        }
        guard operation.isSame(as: own) else { throw .operationReused }
        return run
    }

    /// The lane's enrolment with that id, or the last one.
    /// - Throws: ``Wire/Status`` ENROLMENT_UNKNOWN.
    func run(lane: String, id: String) throws(Status) -> EnrolmentRun {
        guard let run = runs.withLock({ $0[lane] }), id.isEmpty || run.id == id else {
            throw Status(.enrolmentUnknown, "Lane \(lane) has no enrolment with that id. Start one.")
        }
        return run
    }

    /// Lets what is under way end. It is kept, and goes on at the next start.
    func stop() async {
        let task = keeping.withLock { keeping in
            defer { keeping = nil }
            return keeping
        }
        task?.cancel()
        await task?.value
        for run in runs.withLock({ Array($0.values) }) { await run.stop() }
    }

    func close() {
        parts?.register.close()
        closed?.close()
    }

    /// Whoever was enrolled here, whether or not anybody is now; `nil` where nobody ever was. It may wait for the disk.
    func members() throws(CustomersError) -> MemberRegister? {
        if let register { return register }
        return try closed?.register()
    }

    /// Forgets that a customer was enrolled here, and what was agreed to, in the lanes' last enrolments too. It waits for the disk.
    func erase(customer: String) throws(CustomersError) {
        runs.withLock { runs in runs = runs.filter { !$0.value.hasEnrolled(customer) } }
        try members()?.erase(customer: customer)
    }

    /// What a customer agreed to here goes on as another one's. It waits for the disk.
    func move(customer: String, to successor: String) throws(CustomersError) {
        for run in runs.withLock({ Array($0.values) }) where run.hasEnrolled(customer) { run.goOn(as: successor) }
        try members()?.move(customer: customer, to: successor)
    }

    // MARK: Notices

    /// A customer has answered a login, which is named by the system's word for it.
    func answered(_ request: String) {
        for run in runs.withLock({ Array($0.values) }) { run.answered(request) }
    }

    /// A customer took back what was agreed to: whom the store knows from this system alone is removed, with everything about him;
    /// of another source's customer what was agreed to is forgotten.
    /// - Returns: whether it is written down. Somebody who is no member is no failure.
    func withdraw(system: String, subject: String, at time: Date) async -> Bool {
        guard let parts, parts.system == system else { return true }
        return await Self.onDisk {
            do {
                guard let member = try parts.register.member(subject, of: system) else { return true }
                // Who enrolled anew since stays.
                guard member.enrolledAt <= time else { return true }
                if member.record != nil {
                    try parts.replica.apply(
                        ChangePage(
                            feed: system, cursor: [1], isComplete: true,
                            customers: [.remove(key: subject, at: time)]))
                }
                try parts.register.erase(customer: member.customer)
                parts.logger.notice("A member took the consent back.", metadata: ["customer": "\(member.customer)"])
                return true
            } catch {
                parts.logger.error(
                    "A consent was withdrawn, and could not be written down. Check the disk.",
                    metadata: ["cause": "\(error)"])
                return false
            }
        }
    }

    // MARK: Restarts

    /// Those that were under way when the edge ended, as they stand: a till that starts one again finds it from the first moment on.
    private static func underWay(_ parts: Parts) -> [EnrolmentRun] {
        guard let kept = try? parts.register.enrolments() else { return [] }
        return kept.compactMap { bytes in
            guard let saved = try? JSONDecoder().decode(SavedEnrolment.self, from: Data(bytes)) else { return nil }
            if let machine = Enrolment(saved, now: parts.now()) {
                return EnrolmentRun(machine, operation: saved.operation, parts)
            }
            let forget: @Sendable () -> Void = { try? parts.register.keep(enrolment: saved.id, nil) }
            guard let operation = saved.operation else {
                forget()
                return nil
            }
            // How it ended is known before it is forgotten that it was under way; the journal's thread waits for no other file.
            parts.answers.keep(EnrolmentEvent(expired: saved).packed(), of: operation) {
                DispatchQueue.global().async(execute: forget)
            }
            return nil
        }
    }

    /// Fills a local copy that began anew while the edge runs. It waits for the disk.
    func giveBack() {
        if let parts { Self.giveBack(parts) }
    }

    /// A local copy that began anew has not all of the members' feed.
    private static func giveBack(_ parts: Parts) {
        let isWhole = (try? parts.replica.feeds())?.contains { $0.name == parts.system && $0.isComplete } ?? false
        guard !isWhole else { return }
        var number: Int64 = 0
        do {
            while let page = try parts.register.own(of: parts.system, after: number, limit: pageRows) {
                number = page.last
                try parts.replica.apply(
                    ChangePage(
                        feed: parts.system, cursor: [], isComplete: false,
                        customers: page.members.compactMap(\.record).map { .upsert($0) }))
            }
        } catch {
            parts.logger.error(
                "Enrolled customers are not in the local copy yet; the next start tries again.",
                metadata: ["cause": "\(error)"])
            return
        }
        touch(parts)
    }

    private static func touch(_ parts: Parts) {
        _ = try? parts.replica.apply(ChangePage(feed: parts.system, cursor: [1], isComplete: true))
    }

    /// Runs work that waits for the disk.
    static func onDisk<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { done in DispatchQueue.global().async { done.resume(returning: work()) } }
    }

    // MARK: Names

    private static func name() -> String {
        String((0..<16).map { _ in "0123456789abcdefghjkmnpqrstvwxyz".randomElement() ?? "0" })
    }

    /// A word for till and phone: `^[A-Z0-9\-]{5,8}$` (Login API), without letters that are taken for others.
    private static func word() -> String {
        let letters = (0..<3).map { _ in "ABCDEFHJKLMNPRTUVWXY".randomElement() ?? "A" }
        let digits = (0..<3).map { _ in "23456789".randomElement() ?? "2" }
        return String(letters) + "-" + String(digits)
    }
}
