import Dispatch
import NIOCore
import Synchronization
import Transport
import Wire

/// Work of calls that waits for the disk, one after another, away from the event loop, which never does.
struct DiskQueue: Sendable {
    private let queue: DispatchQueue

    init(_ name: String) { queue = DispatchQueue(label: "countertop.\(name)") }

    /// On a queue that takes work of several at once.
    init(concurrent queue: DispatchQueue) { self.queue = queue }

    /// Does something for which nobody waits.
    func note(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    /// Waits until everything that came before is done. Not to be called on the queue, nor on an event loop.
    func wait() { queue.sync {} }

    /// Does something once it is its turn, unless nobody wants it any more by then: what is begun is carried out.
    /// - Parameter context: the call it is for, whose deadline counts.
    /// - Throws: what `work` throws; ``Wire/Status`` CALL_CANCELLED, DEADLINE_PASSED.
    func run<Value: Sendable>(
        for context: CallContext, _ work: @escaping @Sendable () throws(Status) -> Value
    ) async throws(Status) -> Value {
        try await run(until: context.deadline, work)
    }

    /// - Parameter deadline: when the work is of no use any more.
    func run<Value: Sendable>(
        until deadline: NIODeadline? = nil, _ work: @escaping @Sendable () throws(Status) -> Value
    ) async throws(Status) -> Value {
        let wish = Wish(deadline)
        let result: Result<Value, Status> = await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                queue.async {
                    done.resume(
                        returning: Result { () throws(Status) -> Value in
                            try wish.check()
                            return try work()
                        })
                }
            }
        } onCancel: {
            wish.cancel()
        }
        return try result.get()
    }
}

/// Whether somebody still wants what waits for its turn.
private final class Wish: Sendable {
    private let deadline: NIODeadline?
    private let isCancelled = Mutex(false)

    init(_ deadline: NIODeadline?) { self.deadline = deadline }

    func cancel() { isCancelled.withLock { $0 = true } }

    func check() throws(Status) {
        if let deadline, deadline <= .now() {
            throw Status(.deadlinePassed, "The request's deadline passed before it was its turn. Nothing was done.")
        }
        guard !isCancelled.withLock({ $0 }) else {
            throw Status(.callCancelled, "The call was given up before it was its turn. Nothing was done.")
        }
    }
}
