import Transport

/// Keeps one connection, and makes the next when it is lost: one attempt at a time, for all who wait.
actor LinkConnector {
    typealias Connect = @Sendable () async throws(CountertopError) -> ClientChannel
    typealias Connected = Result<ClientChannel, CountertopError>

    private let connect: Connect
    private let reconnecting: Reconnecting
    private var channel: ClientChannel?
    /// Attempts and connections in a row that came to nothing.
    private var failures = 0
    private var attempt: Task<Void, Never>?
    private var waiting: [UInt64: CheckedContinuation<Connected, Never>] = [:]
    private var lastWaiter: UInt64 = 0
    private var hasLeft = false

    init(reconnecting: Reconnecting, connect: @escaping Connect) {
        self.reconnecting = reconnecting
        self.connect = connect
    }

    /// The connection, or the end of the attempt to make one.
    /// - Parameter time: how long at most; `nil` for as long as an attempt takes.
    func current(within time: Duration?) async -> Connected {
        if let channel, channel.isOpen { return .success(channel) }
        lastWaiter += 1
        let waiter = lastWaiter
        let alarm = time.map { time in
            Task {
                do { try await Task.sleep(for: time) } catch { return }
                self.giveUp(
                    waiter,
                    CountertopError(
                        .deadlineExceeded, reason: "DEADLINE_PASSED",
                        message: "No connection to the edge came about in time.", isUnserved: true))
            }
        }
        defer { alarm?.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                guard !hasLeft else {
                    return caller.resume(returning: .failure(Self.cancelled))
                }
                waiting[waiter] = caller
                begin()
            }
        } onCancel: {
            Task { await self.giveUp(waiter, Self.cancelled) }
        }
    }

    /// Waits as long as an attempt after so many others would, for what failed although the connection stands.
    func pause() async {
        let wait = reconnecting.wait(after: failures + 1)
        failures += 1
        try? await reconnecting.sleep(wait)
    }

    /// The edge answered: the connection is good, and the next loss is the first again.
    func worked() {
        failures = 0
    }

    /// Closes the connection; nobody connects again.
    func leave() async {
        hasLeft = true
        attempt?.cancel()
        tell(.failure(Self.cancelled))
        await channel?.leave()
    }

    private func begin() {
        guard attempt == nil else { return }
        let wait = reconnecting.wait(after: failures)
        // Until the edge has answered something, this attempt counts as one more that came to nothing.
        failures += 1
        attempt = Task {
            let connected: Connected
            do {
                if wait > .zero { try await self.reconnecting.sleep(wait) }
                connected = await self.connected()
            } catch {
                connected = .failure(Self.cancelled)
            }
            await self.ended(connected)
        }
    }

    private func connected() async -> Connected {
        do throws(CountertopError) {
            return .success(try await connect())
        } catch {
            return .failure(error)
        }
    }

    private func ended(_ connected: Connected) async {
        attempt = nil
        if case .success(let channel) = connected {
            guard !hasLeft else { return await channel.leave() }
            self.channel = channel
        }
        tell(connected)
    }

    private func tell(_ connected: Connected) {
        let callers = waiting
        waiting = [:]
        for caller in callers.values { caller.resume(returning: connected) }
    }

    private func giveUp(_ waiter: UInt64, _ error: CountertopError) {
        waiting.removeValue(forKey: waiter)?.resume(returning: .failure(error))
    }

    static let cancelled = CountertopError(
        .cancelled, reason: "CALL_CANCELLED", message: "The caller gave the call up.", isUnserved: true)
}
