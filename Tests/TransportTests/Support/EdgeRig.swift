import NIOCore
import NIOPosix
import Synchronization
import Transport
import Wire

/// An edge with a few calls for tests, on one event loop of its own, and a note of all that happens in it.
///
/// - `test/Echo` answers at once with what it was asked; `test/Large` with so many bytes as the text says.
/// - `test/Gated` answers once ``gate`` is open; `test/Quick` is as async and waits for nothing.
/// - `test/Stream` notes its sink in ``sinks``, `test/Later` where its one answer goes in ``replies``.
struct EdgeRig: Sendable {
    let listener: EdgeListener
    let events = Witness<String>()
    let happenings: Witness<String>
    let gate: Gate
    let sinks: Witness<StreamSink<EnterRequest>>
    let replies: Witness<LaterReply>
    let group: MultiThreadedEventLoopGroup

    var address: EdgeAddress { listener.address }

    /// Runs an edge for as long as `body` does. Unless the limits say otherwise it waits long for a hello: a test is
    /// late with it while others keep the threads busy.
    static func with<Result>(
        _ address: EdgeAddress = .tcp(host: "127.0.0.1", port: 0), security: ListenerSecurity = .open(.local),
        limits: TransportLimits = TransportLimits(),
        _ body: (EdgeRig) async throws -> Result
    ) async throws -> Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let happenings = Witness<String>()
        let gate = Gate()
        let sinks = Witness<StreamSink<EnterRequest>>()
        let replies = Witness<LaterReply>()
        let listener: EdgeListener
        do {
            listener = try await EdgeListener.bind(
                address, security: security, router: router(happenings, gate, sinks, replies),
                greeting: ServerGreeting(edge: "countertop/test", store: "Storgata"), limits: patient(limits), on: group
            ) { happenings.note(words($0)) }
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        let rig = EdgeRig(
            listener: listener, happenings: happenings, gate: gate, sinks: sinks, replies: replies, group: group)
        do {
            let result = try await body(rig)
            await listener.close()
            try await group.shutdownGracefully()
            return result
        } catch {
            await listener.close()
            try await group.shutdownGracefully()
            throw error
        }
    }

    private static func patient(_ limits: TransportLimits) -> TransportLimits {
        let usual = TransportLimits()
        var patient = limits
        if limits.connection.helloWait == usual.connection.helloWait { patient.connection.helloWait = .seconds(600) }
        if limits.strangers.helloWait == usual.strangers.helloWait { patient.strangers.helloWait = .seconds(600) }
        return patient
    }

    /// Waits for a happening: "opened 1", "welcomed 1", "closed 1 HELLO_LATE", "cancelled gated".
    func waitFor(_ happening: String) async {
        await happenings.waitFor(happening)
    }

    private static func router(
        _ happenings: Witness<String>, _ gate: Gate, _ sinks: Witness<StreamSink<EnterRequest>>,
        _ replies: Witness<LaterReply>
    ) -> CallRouter {
        var router = CallRouter()
        router.unary("test/Echo") { (request: EnterRequest, _) throws(Status) -> EnterRequest in request }
        router.unary("test/Large") { (request: EnterRequest, _) throws(Status) -> EnterRequest in
            EnterRequest(lane: "large", data: [UInt8](repeating: 7, count: Int(request.lane) ?? 0))
        }
        router.unary("test/Refuse") { (request: EnterRequest, context) throws(Status) -> EnterRequest in
            throw Status(code: StatusCode.notFound.rawValue, reason: "LANE_UNKNOWN", message: "For \(context.client).")
        }
        router.unaryAsync("test/Quick") { (request: EnterRequest, _) async throws(Status) -> EnterRequest in request }
        router.unaryAsync("test/Gated") { (request: EnterRequest, _) async throws(Status) -> EnterRequest in
            happenings.note("began \(request.lane)")
            guard await gate.pass() else {
                happenings.note("cancelled \(request.lane)")
                throw Status(.callCancelled, "The handler was cancelled.")
            }
            return request
        }
        router.unaryLater("test/Later") { (_: EnterRequest, _, reply) throws(Status) in replies.note(reply) }
        router.stream("test/Stream") { (request: EnterRequest, sink: StreamSink<EnterRequest>) throws(Status) in
            sink.onCancel = { happenings.note("stopped \(request.lane) \($0.reason)") }
            sink.onCredit = { happenings.note("credit \(request.lane)") }
            sinks.note(sink)
        }
        return router
    }

    private static func words(_ event: ConnectionEvent) -> String {
        switch event {
        case .opened(let info): "opened \(info.id)"
        case .welcomed(let info, _): "welcomed \(info.id)"
        case .closed(let info, let status): "closed \(info.id) \(status.reason)"
        case .identified(let info): "identified \(info.id)"
        case .handshakeFailed: "handshake failed"
        case .dropped: "dropped"
        case .acceptFailed: "accept failed"
        }
    }
}

extension StreamSink {
    /// Uses the sink where it lives.
    @discardableResult
    func use<Result: Sendable>(_ body: @escaping @Sendable (StreamSink) -> Result) async throws -> Result {
        try await context.eventLoop.submit { body(self) }.get()
    }
}
