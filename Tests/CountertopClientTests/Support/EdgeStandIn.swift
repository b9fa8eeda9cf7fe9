import NIOCore
import NIOPosix
import Transport
import Wire

/// An edge that answers every call of the `.proto` files with what a test gives it, and notes what it was asked.
struct EdgeStandIn: Sendable {
    static let heldBasket = "held"

    let listener: EdgeListener
    /// The names of the calls made.
    let calls: Witness<String>
    /// "cancelled", "stopped CALL_CANCELLED", "closed CONNECTION_LOST".
    let happenings: Witness<String>
    let watches: Witness<StreamSink<LaneEvent>>
    /// The requests of these watches.
    let watched: Witness<WatchLaneRequest>
    /// The operation ids of the baskets that were opened.
    let operations: Witness<[UInt8]>
    /// `Customers/Get` answers once it is open, and `Lanes/OpenBasket` for ``heldBasket``.
    let gate: Gate

    var address: EdgeAddress { listener.address }

    static func with<Result>(
        versions: ClosedRange<UInt32> = 1...1, address: EdgeAddress = .tcp(host: "127.0.0.1", port: 0),
        limits: TransportLimits = TransportLimits(), refusing refusal: String? = nil,
        _ body: (EdgeStandIn) async throws -> Result
    ) async throws -> Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let (calls, happenings, gate) = (Witness<String>(), Witness<String>(), Gate())
        let operations = Witness<[UInt8]>()
        let (watches, watched) = (Witness<StreamSink<LaneEvent>>(), Witness<WatchLaneRequest>())
        var router = CallRouter()
        addCustomers(to: &router, calls, happenings, gate)
        addLanes(to: &router, calls, operations, gate, refusing: refusal)
        addHealth(to: &router, calls)
        router.stream("countertop.v1.Lanes/Watch") { (request: WatchLaneRequest, sink: StreamSink<LaneEvent>) in
            calls.note("countertop.v1.Lanes/Watch")
            sink.onCancel = { happenings.note("stopped \($0.reason)") }
            watched.note(request)
            watches.note(sink)
        }
        router.stream("countertop.v1.Lanes/History") { (request: LaneHistoryRequest, sink: StreamSink<Scan>) in
            calls.note("countertop.v1.Lanes/History")
            sink.send(Scan(epoch: 7, sequence: request.afterSequence + 1))
            sink.finish()
        }
        let listener = try await EdgeListener.bind(
            address, router: router,
            greeting: ServerGreeting(edge: "countertop/test", store: "Storgata", versions: versions), limits: limits,
            on: group
        ) { if case .closed(_, let status) = $0 { happenings.note("closed \(status.reason)") } }
        let edge = EdgeStandIn(
            listener: listener, calls: calls, happenings: happenings, watches: watches, watched: watched,
            operations: operations, gate: gate)
        do {
            let result = try await body(edge)
            await listener.close()
            try await group.shutdownGracefully()
            return result
        } catch {
            await listener.close()
            try await group.shutdownGracefully()
            throw error
        }
    }

    private static func addCustomers(
        to router: inout CallRouter, _ calls: Witness<String>, _ happenings: Witness<String>, _ gate: Gate
    ) {
        add("Customers/Resolve", to: &router, calls) { (request: ResolveRequest) in
            if case .code(let code) = request.query {
                Resolution(kind: .unknown, gtin: String(decoding: code, as: UTF8.self))
            } else {
                Resolution(kind: .customer)
            }
        }
        router.unaryAsync("countertop.v1.Customers/Get") {
            (request: GetCustomerRequest, _) async throws(Status) -> CustomerAnswer in
            calls.note("countertop.v1.Customers/Get")
            guard await gate.pass() else {
                happenings.note("cancelled")
                throw Status(.callCancelled, "The handler was cancelled.")
            }
            return CustomerAnswer(customer: Customer(id: request.id))
        }
        router.unary("countertop.v1.Customers/Search") {
            (request: SearchCustomersRequest, _) throws(Status) -> SearchCustomersAnswer in
            calls.note("countertop.v1.Customers/Search")
            throw Status(
                code: StatusCode.permissionDenied.rawValue, reason: "SEARCH_REFUSED", message: "Not by this till.")
        }
        add("Customers/View", to: &router, calls) { (request: ViewCustomerRequest) in
            CustomerView(customer: Customer(id: request.id))
        }
        add("Devices/List", to: &router, calls) { (_: ListDevicesRequest) in
            ListDevicesAnswer(devices: [Device(path: "1-4.2")])
        }
    }

    private static func addHealth(to router: inout CallRouter, _ calls: Witness<String>) {
        add("Health/Check", to: &router, calls) { (_: HealthRequest) in HealthAnswer(state: .serving) }
        add("Edge/Describe", to: &router, calls) { (_: DescribeRequest) in DescribeAnswer(edge: "countertop/test") }
        router.stream("countertop.v1.Health/Watch") { (_: HealthRequest, sink: StreamSink<HealthAnswer>) in
            calls.note("countertop.v1.Health/Watch")
            sink.send(HealthAnswer(state: .degraded))
            sink.send(HealthAnswer(state: .serving))
            sink.finish()
        }
    }

    private static func addLanes(
        to router: inout CallRouter, _ calls: Witness<String>, _ operations: Witness<[UInt8]>, _ gate: Gate,
        refusing refusal: String?
    ) {
        add("Lanes/List", to: &router, calls) { (_: ListLanesRequest) in ListLanesAnswer(lanes: [Lane(name: "1")]) }
        add("Lanes/Acknowledge", to: &router, calls) { (_: AcknowledgeRequest) in AcknowledgeAnswer() }
        router.unaryAsync("countertop.v1.Lanes/OpenBasket") {
            (request: OpenBasketRequest, context) async throws(Status) -> BasketAnswer in
            calls.note("countertop.v1.Lanes/OpenBasket")
            operations.note(context.operation)
            if let refusal {
                throw Status(code: StatusCode.unavailable.rawValue, reason: refusal, message: "Not now.")
            }
            if request.basket == Self.heldBasket { _ = await gate.pass() }
            return BasketAnswer(basket: Basket(id: request.basket, state: .open))
        }
        add("Lanes/AttachCustomer", to: &router, calls) { (request: AttachCustomerRequest) in
            BasketAnswer(basket: Basket(id: request.basket, customer: Customer(id: request.customer)))
        }
        add("Lanes/DetachCustomer", to: &router, calls) { (request: DetachCustomerRequest) in
            BasketAnswer(basket: Basket(id: request.basket))
        }
        add("Lanes/CloseBasket", to: &router, calls) { (request: CloseBasketRequest) in
            BasketAnswer(basket: Basket(id: request.basket, state: .closed, closing: request.closing))
        }
        add("Lanes/Enter", to: &router, calls) { (request: EnterRequest) in
            EnterAnswer(epoch: 7, sequence: UInt64(request.data.count))
        }
        add("Lanes/ArmScanner", to: &router, calls) { (_: ArmScannerRequest) in ScannerAnswer(armed: true) }
        add("Lanes/DisarmScanner", to: &router, calls) { (_: DisarmScannerRequest) in ScannerAnswer(armed: false) }
        add("Lanes/Prompt", to: &router, calls) { (_: PromptRequest) in PromptAnswer() }
        add("Lanes/Show", to: &router, calls) { (request: ShowRequest) in ShowAnswer(lines: request.lines) }
    }

    private static func add<Request: WireMessage, Response: WireMessage>(
        _ call: String, to router: inout CallRouter, _ calls: Witness<String>,
        _ answer: @escaping @Sendable (Request) -> Response
    ) {
        router.unary("countertop.v1.\(call)") { (request: Request, _) throws(Status) -> Response in
            calls.note("countertop.v1.\(call)")
            return answer(request)
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
