import Foundation
import Storage
import Synchronization

/// The check of the whole file that may be under way, one at a time.
final class Checking: Sendable {
    private struct State {
        var check: DatabaseFile.WholeCheck?
        var isEnded = false
    }

    /// Held while a check is under way and acted upon.
    private let turn = NSLock()
    private let state = Mutex(State())

    /// - Parameter act: is told what the check found, `nil` for nothing.
    /// - Returns: what `act` says, or `ended`.
    func run(
        path: String, act: (StorageError?) throws(CustomersError) -> ReplicaCheck
    ) throws(CustomersError) -> ReplicaCheck {
        turn.lock()
        defer { turn.unlock() }
        let check: DatabaseFile.WholeCheck
        do throws(StorageError) {
            check = try DatabaseFile.WholeCheck(path: path)
        } catch {
            return try act(error)
        }
        let isEnded = state.withLock { state in
            state.check = state.isEnded ? nil : check
            return state.isEnded
        }
        defer { state.withLock { $0.check = nil } }
        guard !isEnded else { return .ended }
        do throws(StorageError) {
            try check.run()
        } catch {
            return error.code == .interrupted ? .ended : try act(error)
        }
        return try act(nil)
    }

    /// Ends the check that is under way, waits for that, and lets none begin.
    func end() {
        repeat {
            // A check that has not come to its statement yet does not feel it: it is told again.
            state.withLock { state in
                state.isEnded = true
                state.check?.end()
            }
        } while !turn.lock(before: Date(timeIntervalSinceNow: CustomersLimits.checkEndSeconds))
        turn.unlock()
    }
}
