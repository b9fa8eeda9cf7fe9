import Customers
import Foundation
import Glibc
import Logging

/// Has the whole replica read through after the start, on a thread that nobody waits for, and says what came of it.
enum ReplicaVerification {
    /// The lowest priority there is (sched(7), "The nice value").
    private static let niceness: CInt = 19

    /// - Parameter anew: what is done where the local copy had to begin anew.
    static func begin(
        _ replica: Replica, health: EdgeHealth, logger: Logger, anew: @escaping @Sendable () throws -> Void
    ) {
        Thread.detachNewThread {
            // The scans and calls of the meantime go first: on Linux a priority is a thread's own (setpriority(2), "BUGS").
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
            do {
                switch try replica.checkWhole() {
                case .whole: logger.info("The local copy of the customers is whole.")
                case .ended: break
                case .setAside(let path):
                    health.replicaSetAside(path)
                    try anew()
                }
            } catch {
                health.replica(error)
            }
        }
    }
}

extension EdgeHealth {
    /// - Parameter path: where the broken file was put.
    func replicaSetAside(_ path: String) {
        note(
            "REPLICA_SET_ASIDE",
            "The local copy of the customers was broken and was set aside as \(path). It is filled anew from its sources."
        )
    }
}
