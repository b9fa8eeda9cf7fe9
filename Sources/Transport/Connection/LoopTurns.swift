import NIOCore
import Synchronization

/// Whose turn it is on an event loop, so that a connection with many frames does not keep the others waiting: it is dealt with
/// in slices, and between two of them the event loop looks at every socket.
///
/// All listeners of the same event loops share one.
package final class LoopTurns: Sendable {
    private let queues = Mutex<[ObjectIdentifier: NIOLoopBound<LoopQueue>]>([:])

    package init() {}

    /// The queue of an event loop; it is asked for and used on that loop alone.
    func queue(of eventLoop: any EventLoop, limits: TransportLimits) -> LoopQueue {
        let bound = queues.withLock { queues in
            let key = ObjectIdentifier(eventLoop)
            let queue = queues[key] ?? NIOLoopBound(LoopQueue(eventLoop, limits: limits), eventLoop: eventLoop)
            queues[key] = queue
            return queue
        }
        return bound.value
    }
}
