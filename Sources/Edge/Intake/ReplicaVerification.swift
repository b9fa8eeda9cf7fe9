import Customers
import Foundation
import Logging

/// Has the whole replica read through after the start, on a thread that nobody waits for, and says what came of it.
enum ReplicaVerification {
    static func begin(_ replica: Replica, fillsSample: Bool, health: EdgeHealth, logger: Logger) {
        Thread.detachNewThread {
            do {
                switch try replica.checkWhole() {
                case .whole: logger.info("The local copy of the customers is whole.")
                case .ended: break
                case .setAside(let path):
                    health.replicaSetAside(path)
                    if fillsSample { try SampleStore.fill(replica) }
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
