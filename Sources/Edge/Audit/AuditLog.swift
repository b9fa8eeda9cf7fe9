import Dispatch
import Foundation
import Glibc
import Logging
import Synchronization
import Transport

/// Who looked up, attached, paired, renamed and revoked, and when: a file of its own (0600), a line of JSON each, opaque ids
/// alone. Whoever notes something never waits for the disk; lines reach it within ``AuditLimits/flushWait``.
final class AuditLog: Sendable {
    private struct State {
        var entries: [AuditEntry] = []
        var dropped = 0
        var isFlushing = false
    }

    private let state = Mutex(State())
    private let file: AuditFile
    private let queue = DispatchQueue(label: "countertop.audit", qos: .utility)
    private let limits: AuditLimits
    private let onFault: @Sendable (String?) -> Void

    /// - Parameter onFault: is told why lines cannot be written, and with `nil` that they can again.
    init(path: String, limits: AuditLimits = AuditLimits(), onFault: @escaping @Sendable (String?) -> Void) {
        file = AuditFile(path: path, limits: limits)
        self.limits = limits
        self.onFault = onFault
    }

    /// Notes what a caller did.
    /// - Parameters:
    ///   - call: service and name: "Customers/Resolve".
    ///   - till: the till it was done to, when it was one.
    ///   - customer: the customer's opaque id.
    func note(_ caller: Caller, _ call: String, lane: String = "", till: String = "", customer: String = "") {
        let entry = AuditEntry(
            milliseconds: Int64(Date().timeIntervalSince1970 * 1_000), caller: caller.id, role: caller.role.rawValue,
            call: call, lane: lane, till: till, customer: customer)
        let begins = state.withLock { state in
            guard state.entries.count < limits.entriesMax else {
                state.dropped += 1
                return false
            }
            state.entries.append(entry)
            defer { state.isFlushing = true }
            return !state.isFlushing
        }
        guard begins else { return }
        queue.asyncAfter(deadline: .now() + limits.flushWait) { [self] in flush() }
    }

    /// Writes what waits, and returns when it is written.
    func close() {
        queue.sync { flush() }
    }

    private func flush() {
        let (entries, dropped) = state.withLock { state in
            defer { state = State() }
            return (state.entries, state.dropped)
        }
        guard !entries.isEmpty || dropped > 0 else { return }
        onFault(file.write(entries, dropped: dropped))
    }
}
