import Dispatch
import NIOCore
import Synchronization
import Testing
import Wire

@testable import Edge

@Suite(.timeLimit(.minutes(1))) struct DiskQueueTests {
    /// A queue whose first work goes on until the semaphore is signalled.
    private func busy(_ end: DispatchSemaphore) -> DiskQueue {
        let queue = DiskQueue("test")
        queue.note { end.wait() }
        return queue
    }

    private func reason(_ body: () async throws(Status) -> Void) async -> String {
        do throws(Status) {
            try await body()
            return ""
        } catch {
            return error.reason
        }
    }

    @Test("Work that was given up before its turn is not done")
    func cancelled() async {
        let (end, done) = (DispatchSemaphore(value: 0), Witnesses())
        let queue = busy(end)
        let given = Task {
            await reason { () async throws(Status) in
                try await queue.run { () throws(Status) in done.note("given up") }
            }
        }
        let wanted = Task {
            await reason { () async throws(Status) in
                try await queue.run { () throws(Status) in done.note("wanted") }
            }
        }
        given.cancel()
        end.signal()
        let reasons = (await given.value, await wanted.value)
        #expect(reasons == ("CALL_CANCELLED", ""))
        #expect(done.all == ["wanted"])
    }

    @Test("Work whose deadline passed before its turn is not done")
    func late() async {
        let (end, done) = (DispatchSemaphore(value: 0), Witnesses())
        let queue = busy(end)
        let deadline = NIODeadline.now() + .milliseconds(1)
        let late = Task {
            await reason { () async throws(Status) in
                try await queue.run(until: deadline) { () throws(Status) in done.note("late") }
            }
        }
        while NIODeadline.now() <= deadline { await Task.yield() }
        end.signal()
        #expect(await late.value == "DEADLINE_PASSED")
        #expect(done.all.isEmpty)
    }
}

/// What was done.
private final class Witnesses: Sendable {
    private let notes = Mutex<[String]>([])

    var all: [String] { notes.withLock { $0 } }

    func note(_ what: String) { notes.withLock { $0.append(what) } }
}
