import NIOCore
import Synchronization
import Wire

/// The messages of a stream's answer, on their way from the connection's event loop to the one task that takes them.
///
/// It holds no more than the credit the edge was given, which is given again as messages are taken: that is its bound.
package final class ReplyStream: Sendable {
    package typealias Next = Result<[UInt8]?, CallFailure>

    private struct State {
        var bodies = CircularBuffer<[UInt8]>()
        var taken = 0
        var takenBytes = 0
        var ending: CallFailure?
        var caller: CheckedContinuation<Next, Never>?
    }

    private let state = Mutex(State())
    private let takenAtOnce: (messages: Int, bytes: Int)
    private let onTaken: @Sendable (Int) -> Void
    private let onCancel: @Sendable () -> Void

    /// - Parameters:
    ///   - takenAtOnce: so many messages, or bytes of them, are taken before the connection is told.
    ///   - onTaken: tells it.
    ///   - onCancel: gives the stream up.
    init(
        takenAtOnce: (messages: Int, bytes: Int), onTaken: @escaping @Sendable (Int) -> Void,
        onCancel: @escaping @Sendable () -> Void
    ) {
        self.takenAtOnce = takenAtOnce
        self.onTaken = onTaken
        self.onCancel = onCancel
    }

    /// Waits for the next message's body.
    /// - Returns: `nil` after the last message of a stream that ended well.
    package func next() async -> Next {
        await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                let (next, taken) = state.withLock { state in take(caller, &state) }
                if taken > 0 { onTaken(taken) }
                if let next { caller.resume(returning: next) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Gives the stream up: nothing more comes, and whoever waits is told.
    package func cancel() {
        end(CallFailure(Status(.callCancelled, "The caller gave the call up."), wasServed: true))
        onCancel()
    }

    func take(_ body: [UInt8], isLast: Bool) {
        let (caller, taken) = state.withLock { state -> (CheckedContinuation<Next, Never>?, Int) in
            guard state.ending == nil else { return (nil, 0) }
            if isLast { state.ending = Self.well }
            guard let caller = state.caller else {
                state.bodies.append(body)
                return (nil, 0)
            }
            state.caller = nil
            return (caller, count(body, &state))
        }
        if taken > 0 { onTaken(taken) }
        caller?.resume(returning: .success(body))
    }

    func end(_ failure: CallFailure) {
        let caller = state.withLock { state -> CheckedContinuation<Next, Never>? in
            guard state.ending == nil else { return nil }
            state.ending = failure
            defer { state.caller = nil }
            return state.caller
        }
        caller?.resume(returning: Self.result(failure))
    }

    /// What the caller gets at once, or `nil` when it has to wait; and how many messages to give credit for.
    private func take(_ caller: CheckedContinuation<Next, Never>, _ state: inout State) -> (Next?, Int) {
        if let body = state.bodies.popFirst() { return (.success(body), count(body, &state)) }
        var next: Next?
        if let ending = state.ending {
            next = Self.result(ending)
        } else if state.caller != nil {
            next = .failure(Self.takenTwice)
        } else {
            state.caller = caller
        }
        return (next, 0)
    }

    /// Counts a message that was taken.
    /// - Returns: how many the connection is to be told of.
    private func count(_ body: [UInt8], _ state: inout State) -> Int {
        state.taken += 1
        state.takenBytes += body.count
        guard state.taken >= takenAtOnce.messages || state.takenBytes >= takenAtOnce.bytes else { return 0 }
        defer { (state.taken, state.takenBytes) = (0, 0) }
        return state.taken
    }

    private static func result(_ ending: CallFailure) -> Next {
        ending.status.statusCode == .ok ? .success(nil) : .failure(ending)
    }

    private static let well = CallFailure(Status(code: StatusCode.ok.rawValue), wasServed: true)
    private static let takenTwice = CallFailure(
        Status(.streamTakenTwice, "Two tasks wait for the same stream's messages. Let one take them."),
        wasServed: true)
}
