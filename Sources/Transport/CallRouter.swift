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

    package init() {}

    /// The names of all calls, sorted.
    package var calls: [String] { routes.keys.sorted() }

    /// Has a call answered at once, on the connection's event loop: for handlers of a few microseconds.
    package mutating func unary<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (Request, CallContext) throws(Status) -> Response
    ) {
        add(
            call,
            .unary { body, context throws(Status) in
                PackedMessage(try handler(try CallRoute.unpack(body), context), isLast: true)
            })
    }

    /// Has a call answered by a Task, which is cancelled when the client cancels, the deadline passes or the connection
    /// ends.
    package mutating func unaryAsync<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (Request, CallContext) async throws(Status) -> Response
    ) {
        add(
            call,
            .unaryAsync { body, context async throws(Status) in
                PackedMessage(try await handler(try CallRoute.unpack(body), context), isLast: true)
            })
    }

    /// Has a call answered by many messages: the handler runs on the connection's event loop and keeps the sink.
    package mutating func stream<Request: WireMessage, Response: WireMessage>(
        _ call: String,
        _ handler: @escaping @Sendable (Request, StreamSink<Response>) throws(Status) -> Void
    ) {
        add(
            call,
            .stream { body, stream throws(Status) in
                try handler(try CallRoute.unpack(body), StreamSink(stream))
            })
    }

    func route(_ call: String) -> CallRoute? {
        routes[call]
    }

    private mutating func add(_ call: String, _ route: CallRoute) {
        precondition(routes[call] == nil, "The call \(call) has two handlers")
        routes[call] = route
    }
}
