package import Wire

/// The calls an edge answers, by their names, each with its typed handler.
///
/// ```swift
/// var router = CallRouter()
/// router.unary("countertop.v1.Customers/Resolve") { (request: ResolveRequest, context) throws(Status) -> Resolution in
///     try store.resolve(request)
/// }
/// ```
/// A handler refuses by throwing the ``Wire/Status`` the caller is to get. A request that is no message of its type never
/// reaches it.
package struct CallRouter: Sendable {
    private var routes: [String: CallRoute] = [:]
    private let rule: @Sendable (String) -> CallRule

    /// - Parameter rule: what a caller has to be to make the call of this name. Asked once for each call.
    package init(rule: @escaping @Sendable (String) -> CallRule = { _ in .everyoneKnown }) {
        self.rule = rule
    }

    /// The names of all calls, sorted.
    package var calls: [String] { routes.keys.sorted() }

    /// Has a call answered at once, on the connection's event loop: for handlers of a few microseconds.
    package mutating func unary<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (Request, CallContext) throws(Status) -> Response
    ) {
        let open: Opening<Request> = opening(call)
        add(
            call,
            .unary { body, context throws(Status) in
                PackedMessage(try handler(try open(body, context.caller), context), isLast: true)
            })
    }

    /// Has a call answered by a Task, which is cancelled when the client cancels, the deadline passes or the connection
    /// ends.
    package mutating func unaryAsync<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (Request, CallContext) async throws(Status) -> Response
    ) {
        unaryAsync(call) { (request: Request, _, context) async throws(Status) in
            try await handler(request, context)
        }
    }

    /// Has a call answered by a Task, whose handler needs the request's bytes as they came too: a call made again is known by
    /// them.
    package mutating func unaryAsync<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler:
            @escaping @Sendable (_ request: Request, _ body: [UInt8], CallContext) async throws(Status) -> Response
    ) {
        let open: Opening<Request> = opening(call)
        add(
            call,
            .unaryAsync { body, context async throws(Status) in
                PackedMessage(try await handler(try open(body, context.caller), body, context), isLast: true)
            })
    }

    /// Has a call begun at once, on the connection's event loop, and answered later: calls of a connection begin in the
    /// order in which they were made, and its handler keeps the reply.
    package mutating func unaryLater<Request: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (_ request: Request, _ body: [UInt8], LaterReply) throws(Status) -> Void
    ) {
        let open: Opening<Request> = opening(call)
        add(
            call,
            .stream { body, stream throws(Status) in
                try handler(try open(body, stream.context.caller), body, LaterReply(stream))
            })
    }

    /// Has a call answered by many messages: the handler runs on the connection's event loop and keeps the sink.
    package mutating func stream<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (Request, StreamSink<Response>) throws(Status) -> Void
    ) {
        let open: Opening<Request> = opening(call)
        add(
            call,
            .stream { body, stream throws(Status) in
                try handler(try open(body, stream.context.caller), StreamSink(stream))
            })
    }

    /// Has a call answered at once that says who the caller is from now on.
    package mutating func identifying<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (Request, CallContext) throws(Status) -> (Response, Caller)
    ) {
        let open: Opening<Request> = opening(call)
        add(
            call,
            .identify { body, context throws(Status) in
                let (response, caller) = try handler(try open(body, context.caller), context)
                return (PackedMessage(response, isLast: true), caller)
            })
    }

    func route(_ call: String) -> CallRoute? {
        routes[call]
    }

    /// Reads a call's request for a caller that may make the call.
    private typealias Opening<Request> = @Sendable ([UInt8], Caller) throws(Status) -> Request

    private func opening<Request: WireMessage>(_ call: String) -> Opening<Request> {
        let rule = rule(call)
        guard Request.self is any LaneRequest.Type else {
            return { body, caller throws(Status) in
                try rule.check(caller)
                return try CallRoute.unpack(body)
            }
        }
        return { body, caller throws(Status) in
            try rule.check(caller)
            let request: Request = try CallRoute.unpack(body)
            if let lane = (request as? any LaneRequest)?.lane { try rule.check(caller, lane: lane) }
            return request
        }
    }

    private mutating func add(_ call: String, _ route: CallRoute) {
        precondition(routes[call] == nil, "The call \(call) has two handlers")
        routes[call] = route
    }
}
