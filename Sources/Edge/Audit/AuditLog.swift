import Dispatch
import Foundation
import Glibc
import Logging
import Synchronization
import Transport

/// Who looked up, attached, paired, renamed and revoked, and when: files of its own (0600), a line of JSON each, opaque ids
/// alone. Whoever notes something never waits for the disk; lines reach it within ``AuditLimits/flushWait``.
///
/// Look-ups, of which there are many, are in `audit.log`. What changed something, pairings and attachments above all, is in
/// `audit-changes.log`, out of which no number of look-ups can push it.
final class AuditLog: Sendable {
    /// Calls that change nothing, or that somebody may make without having proved anything.
    private static let looks: Set<String> = [
        "Benefits/List", "Cards/Get", "Cards/List", "Cards/Print", "Customers/Get", "Customers/Resolve",
        "Customers/Search", "Customers/View", "Lanes/Enter", "Lanes/History", "Lanes/Watch", refused, "Pairing/Prove",
        "Systems/Check",
    ]
    /// A proof, of a pairing code or of who a page is, that was wrong.
    static let refused = "Pairing/Refused"
    /// A customer came into a basket by a scan, or with the basket that was waited for.
    static let attached = "Lanes/Attached"

    private struct State {
        var looks: AuditPile
        var changes: AuditPile
        var isFlushing = false

        var isEmpty: Bool { looks.isEmpty && changes.isEmpty }
    }

    private let state: Mutex<State>
    private let looks: AuditFile
    private let changes: AuditFile
    private let queue = DispatchQueue(label: "countertop.audit", qos: .utility)
    private let limits: AuditLimits
    private let start = ContinuousClock.now
    private let onFault: @Sendable (Fault, String?) -> Void

    /// What the disk can refuse.
    enum Fault: Sendable {
        /// Lines are not written.
        case writing
        /// Lines that are too old stay.
        case pruning
    }

    /// - Parameters:
    ///   - folder: where its files are.
    ///   - onFault: is told why something cannot be done, and with `nil` that it can again.
    init(
        folder: String, limits: AuditLimits = AuditLimits(),
        onFault: @escaping @Sendable (Fault, String?) -> Void
    ) {
        looks = AuditFile(path: folder + "/audit.log", limits: limits)
        changes = AuditFile(path: folder + "/audit-changes.log", limits: limits)
        state = Mutex(State(looks: AuditPile(limits), changes: AuditPile(limits)))
        self.limits = limits
        self.onFault = onFault
    }

    /// Notes what a caller did.
    /// - Parameters:
    ///   - call: service and name: "Customers/Resolve".
    ///   - till: the till it was done to, when it was one.
    ///   - customer: the customer's opaque id.
    ///   - outboxEntry: the number of the entry of the outbox that was decided of.
    ///   - address: where it came from, when nobody knows who it was.
    func note(
        _ caller: Caller, _ call: String, lane: String = "", till: String = "", customer: String = "",
        entry outboxEntry: UInt64 = 0, address: String = ""
    ) {
        let entry = AuditEntry(
            milliseconds: Self.milliseconds, caller: caller.id, role: caller.role.rawValue, call: call, lane: lane,
            till: till, customer: customer, entry: outboxEntry, address: address)
        let now = start.duration(to: .now)
        let begins = state.withLock { state in
            if Self.looks.contains(call) {
                state.looks.add(entry, now: now)
            } else {
                state.changes.add(entry, now: now)
            }
            defer { state.isFlushing = true }
            return !state.isFlushing
        }
        if begins { flushLater() }
    }

    /// Deletes the lines from before a time, each with the rest of its day. It waits for the disk.
    func forget(before time: Date) {
        queue.sync {
            let faults = [looks.forget(before: time), changes.forget(before: time)]
            onFault(.pruning, faults.compactMap(\.self).first)
        }
    }

    /// Writes what waits, and returns when it is written.
    func close() {
        queue.sync { flush(all: true) }
    }

    private static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    private func flushLater() {
        queue.asyncAfter(deadline: .now() + limits.flushWait) { [self] in flush(all: false) }
    }

    private func flush(all: Bool) {
        let now = start.duration(to: .now)
        let (lookUps, changed, goesOn) = state.withLock { state in
            let taken = (state.looks.take(now: now, all: all), state.changes.take(now: now, all: all))
            state.isFlushing = !state.isEmpty
            return (taken.0, taken.1, state.isFlushing)
        }
        var faults: [String?] = []
        if !lookUps.isEmpty { faults.append(looks.write(lookUps, milliseconds: Self.milliseconds)) }
        if !changed.isEmpty { faults.append(changes.write(changed, milliseconds: Self.milliseconds)) }
        if !faults.isEmpty { onFault(.writing, faults.compactMap { $0 }.first) }
        if goesOn { flushLater() }
    }
}
