import NIOCore
import Wire

extension EdgeHandler {
    /// Carries out the actions, and those they lead to, in their order.
    func perform() {
        guard !isPerforming else { return }
        isPerforming = true
        var next = 0
        while next < actions.count {
            let action = actions[next]
            next += 1
            carryOut(action)
        }
        actions.removeAll(keepingCapacity: true)
        isPerforming = false
    }

    private func carryOut(_ action: ServerAction) {
        switch action {
        case .send(let frame): write(frame)
        case .start(let call): start(call)
        case .welcomed(let client, let version, _):
            reader.limits = connection.frameLimits
            info = info.named(client, limits: limits)
            if info.caller.isKnown, let refusal = surroundings.connections.proved(info) { return end(refusal) }
            surroundings.observer(.welcomed(info, version: version))
        case .stop(let stream, let status):
            tasks.removeValue(forKey: stream)?.cancel()
            streams.removeValue(forKey: stream)?.stopped(status)
        case .left(let status):
            for stream in streams.values { stream.drain(status) }
        case .close(let status): close(status)
        }
    }

    private func start(_ call: ServerCall) {
        let context = CallContext(
            connection: info, stream: call.stream, deadline: call.deadline.map(LoopClock.deadline), call: call.name,
            operation: call.operation, eventLoop: eventLoop)
        do throws(Status) {
            switch surroundings.router.route(call.name) {
            case .unary(let answer):
                let message = try answer(call.body, context)
                connection.send(message, on: call.stream, now: now, into: &actions)
            case .unaryAsync(let answer):
                try run(answer, call.body, context)
            case .identify(let answer):
                let (message, caller) = try answer(call.body, context)
                connection.send(message, on: call.stream, now: now, into: &actions)
                identify(caller)
            case .stream(let answer):
                let stream = StreamCall(context, connection: self, credit: limits.connection.creditInitial)
                streams[call.stream] = stream
                try answer(call.body, stream)
            case nil:
                throw Status(.callUnknown, "This edge has no call of that name. Update it, or ask for less.")
            }
        } catch {
            streams.removeValue(forKey: call.stream)?.end()
            connection.finish(call.stream, with: error, now: now, into: &actions)
        }
    }

    private func run(
        _ answer: @escaping @Sendable ([UInt8], CallContext) async throws(Status) -> PackedMessage,
        _ body: [UInt8], _ context: CallContext
    ) throws(Status) {
        guard runningTasks < limits.runningCallsMax else {
            throw Status(
                .tooManyCalls, "\(runningTasks) calls are being worked on, as many as may be. Wait for one to end.")
        }
        runningTasks += 1
        let handler = NIOLoopBound(self, eventLoop: eventLoop)
        tasks[context.stream] = Task {
            let result: Result<PackedMessage, Status>
            do throws(Status) {
                result = .success(try await answer(body, context))
            } catch {
                result = .failure(error)
            }
            context.eventLoop.execute { handler.value.ran(context.stream, result) }
        }
    }

    private func ran(_ stream: UInt32, _ result: Result<PackedMessage, Status>) {
        runningTasks -= 1
        if context == nil, runningTasks == 0 { done.succeed() }
        // A stream number is never used twice, so this task can only be the one that ran.
        guard tasks.removeValue(forKey: stream) != nil else { return }
        now = LoopClock.now()
        switch result {
        case .success(let message): connection.send(message, on: stream, now: now, into: &actions)
        case .failure(let status): connection.finish(stream, with: status, now: now, into: &actions)
        }
        settle()
    }

    /// The stranger has proved who it is.
    private func identify(_ caller: Caller) {
        info = info.identified(as: caller)
        connection.adopt(limits.connection(of: caller))
        reader.limits = connection.frameLimits
        strangerTask?.cancel()
        if let refusal = surroundings.connections.proved(info) { return end(refusal) }
        surroundings.observer(.identified(info))
    }

    /// How long the client has sent nothing.
    var silence: Duration { connection.silence(now) }

    var hasConnectionCredit: Bool { connection.hasConnectionCredit }

    func isOpen(_ stream: UInt32) -> Bool {
        connection.isOpen(stream)
    }

    /// Sends a message of a stream's answer.
    /// - Returns: whether the stream goes on.
    func send(_ message: PackedMessage, on stream: UInt32) -> Bool {
        if !isReading { now = LoopClock.now() }
        let goesOn = connection.send(message, on: stream, now: now, into: &actions)
        settle()
        return goesOn
    }

    /// Answers a stream's call with its one message.
    func answer(_ stream: UInt32, _ message: PackedMessage) {
        streams[stream] = nil
        if !isReading { now = LoopClock.now() }
        connection.send(message, on: stream, now: now, into: &actions)
        settle()
    }

    /// Ends a stream from its handler's side.
    func finish(_ stream: UInt32, _ status: Status) {
        streams[stream] = nil
        if !isReading { now = LoopClock.now() }
        connection.finish(stream, with: status, now: now, into: &actions)
        settle()
    }
}
