import Customers
import Dispatch
import Foundation
import Journal
import Logging
import NIOCore
import Synchronization
import Systems
import Transport
import Wire

/// One enrolment under way: it carries out what ``Systems/Enrolment`` decides, and tells tills, the lane's display and the disk.
final class EnrolmentRun: Sendable {
    private struct State {
        var machine: Enrolment
        var watches: [StreamSink<EnrolmentEvent>] = []
        /// What a till's word has led to, for the task to carry out.
        var pending: Enrolment.Step?
        var task: Task<Void, Never>?
        var hintAt: Duration?
        /// As whom the customer whom it enrolled goes on.
        var heir: String?
    }

    let id: String
    let lane: String
    /// The call that started it, where it was given an operation id.
    let operation: Journal.Operation?
    private let parts: StoreEnrolments.Parts
    private let desk: EnrolmentDesk
    private let alarm: FeedAlarm
    /// Writes what a restart has to know, in order.
    private let disk = DispatchQueue(label: "countertop.enrolment")
    private let state: Mutex<State>

    init(_ machine: Enrolment, operation: Journal.Operation?, _ parts: StoreEnrolments.Parts) {
        self.operation = operation
        id = machine.id
        lane = machine.lane
        self.parts = parts
        desk = EnrolmentDesk(parts)
        alarm = FeedAlarm(time: parts.time)
        state = Mutex(State(machine: machine))
    }

    var isOver: Bool { state.withLock { $0.machine.state.isFinal } }

    /// How it stands.
    var event: EnrolmentEvent { state.withLock { EnrolmentEvent($0.machine) } }

    /// Whether it is over and enrolled that customer, or one who goes on as that one.
    func hasEnrolled(_ customer: String) -> Bool {
        state.withLock { state in
            guard case .done(let found, _) = state.machine.state else { return false }
            return (state.heir ?? found.id) == customer
        }
    }

    /// The customer whom it enrolled goes on as another one.
    func goOn(as successor: String) { state.withLock { $0.heir = successor } }

    func begin() { start(.begin) }
    func resume() { start(nil) }

    private func start(_ first: Enrolment.Event?) {
        let task = Task { [self] in
            var step: Enrolment.Step?
            if let first { step = await apply(first) }
            await run(step)
        }
        state.withLock { $0.task = task }
    }

    /// A till's word: cancelled, or chosen. It waits for no disk.
    /// - Returns: how it stands then.
    func tell(_ event: Enrolment.Event) -> EnrolmentEvent {
        let (step, isChanged) = decide(event)
        if let step { state.withLock { $0.pending = step } }
        if isChanged {
            disk.async { [self] in keep() }
            announce()
        }
        alarm.ring()
        return self.event
    }

    /// The system says that the customer has answered the login that it names so.
    func answered(_ request: String) {
        guard state.withLock({ $0.machine.isAsked(by: request) }) else { return }
        _ = tell(.answered)
    }

    /// Whether this customer can be chosen now; `nil` stands for none of them.
    func canChoose(_ customer: String?) -> Customers.Customer?? {
        state.withLock { state in
            guard case .choose(let customers) = state.machine.state else { return nil }
            guard let customer else { return .some(nil) }
            return customers.first { $0.id == customer }.map { .some($0) }
        }
    }

    /// Ends the task; the enrolment itself is kept on the disk.
    func stop() async {
        let task = state.withLock(\.task)
        task?.cancel()
        alarm.ring()
        await task?.value
        await withCheckedContinuation { done in disk.async { done.resume() } }
        let watches = state.withLock { state in
            defer { state.watches = [] }
            return state.watches
        }
        let goodbye = Status(
            .shuttingDown, "The edge shuts down. The enrolment goes on when it is back: watch it then.")
        for sink in watches { sink.context.eventLoop.execute { if sink.isOpen { sink.fail(goodbye) } } }
    }

    /// Begins a watch, on the connection's event loop.
    /// - Throws: ``Wire/Status`` TOO_MANY_WATCHERS.
    func watch(_ sink: StreamSink<EnrolmentEvent>) throws(Status) {
        let (event, isOver, isFull) = state.withLock { state in
            state.watches.removeAll { $0 === sink }
            let isFull = state.watches.count >= EnrolmentLimits.watchesMax
            let isOver = state.machine.state.isFinal
            if !isFull, !isOver { state.watches.append(sink) }
            return (EnrolmentEvent(state.machine), isOver, isFull)
        }
        guard !isFull else {
            throw Status(.tooManyWatchers, "As many watch this enrolment as may. End one of the watches.")
        }
        sink.onCancel = { [self] _ in state.withLock { $0.watches.removeAll { $0 === sink } } }
        sink.send(event)
        if isOver { sink.finish() }
    }

    // MARK: The task

    private func run(_ first: Enrolment.Step?) async {
        var step = first
        show()
        while !Task.isCancelled {
            if let now = step {
                let event = await desk.carryOut(now, phone: phone, of: id)
                guard !Task.isCancelled else { return }
                step = await apply(event)
                continue
            }
            if isOver { return }
            let isRung = await alarm.wait(for: pause)
            guard !Task.isCancelled else { return }
            step = state.withLock { state in
                defer { state.pending = nil }
                return state.pending
            }
            if step == nil, !isRung { step = await apply(.time) }
            hint()
        }
    }

    private var phone: String { state.withLock(\.machine.phone) }

    private var pause: Duration {
        let now = parts.now().uptime
        return state.withLock { state in
            let wakes = [state.machine.wakeAt, state.hintAt].compactMap(\.self)
            let next = wakes.min() ?? now + EnrolmentLimits.choiceTime
            return max(.milliseconds(10), next - now)
        }
    }

    /// Takes an event, and tells of it once a restart would know it too.
    private func apply(_ event: Enrolment.Event) async -> Enrolment.Step? {
        let (step, isChanged) = decide(event)
        guard isChanged else { return step }
        await withCheckedContinuation { done in
            disk.async { [self] in
                keep()
                done.resume()
            }
        }
        announce()
        return step
    }

    private func decide(_ event: Enrolment.Event) -> (step: Enrolment.Step?, isChanged: Bool) {
        let now = parts.now()
        return state.withLock { state in
            let before = (state.machine.state, state.machine.saved)
            let step = state.machine.handle(event, now: now)
            if case .waiting = state.machine.state, state.hintAt == nil {
                state.hintAt = now.uptime + EnrolmentLimits.hintAfter
            }
            return (step, before.0 != state.machine.state || before.1 != state.machine.saved)
        }
    }

    private func announce() {
        publish()
        show()
    }

    private func keep() {
        var saved = state.withLock { $0.machine.saved }
        saved?.operation = operation
        let bytes = saved.flatMap { try? JSONEncoder().encode($0) }.map { Array($0) }
        // How it ended is known before it is forgotten that it was under way.
        if isOver { keepEnd() }
        do {
            try parts.register.keep(enrolment: id, bytes)
        } catch {
            parts.logger.error(
                "An enrolment under way is not kept; a restart would forget it. Check the disk.",
                metadata: ["cause": "\(error)"])
        }
    }

    /// Keeps how it ended for a start that is made again.
    private func keepEnd() {
        guard let operation else { return }
        let written = DispatchSemaphore(value: 0)
        parts.answers.keep(event.kept.packed(), of: operation) { written.signal() }
        written.wait()
    }

    private func publish() {
        let (event, watches, isOver) = state.withLock { state in
            let isOver = state.machine.state.isFinal
            defer { if isOver { state.watches = [] } }
            return (EnrolmentEvent(state.machine), state.watches, isOver)
        }
        parts.logger.info("An enrolment.", metadata: ["lane": "\(lane)", "state": "\(event.state)"])
        for sink in watches {
            sink.context.eventLoop.execute {
                guard sink.isOpen else { return }
                sink.send(event)
                if isOver { sink.finish() }
            }
        }
    }

    // MARK: The customer's display

    private func show() {
        let machine = state.withLock(\.machine)
        let screen = parts.text.enrolment(machine.state, word: machine.binding)
        let (lane, left) = (lane, machine.timeOnDisplay(parts.now()))
        guard let screen else { return }
        parts.lanes.execute { lanes in
            guard let host = try? lanes.host(lane) else { return }
            if case .done(let customer, _) = machine.state { return host.enrolled(customer, screen) }
            host.perform { $0.show(screen, for: left, now: $1) }
        }
    }

    /// A customer who has not answered for a while may not have seen the question.
    private func hint() {
        let now = parts.now()
        let (isDue, left) = state.withLock { state in
            guard let at = state.hintAt, at <= now.uptime else { return (false, Duration.zero) }
            state.hintAt = .seconds(Int64.max / 2_000_000_000)
            return (state.machine.state == .waiting, state.machine.timeOnDisplay(now))
        }
        guard isDue else { return }
        let (lane, screen) = (lane, parts.text.enrolmentHint)
        parts.lanes.execute { lanes in
            (try? lanes.host(lane))?.perform { $0.show(screen, for: left, now: $1) }
        }
    }
}

extension Enrolment {
    /// How long its text may stay on the display.
    fileprivate func timeOnDisplay(_ now: FeedTime) -> Duration {
        guard !state.isFinal else { return .seconds(10) }
        return .seconds(max(5, expiresAt?.timeIntervalSince(now.wall) ?? 30))
    }
}
