import Wire

/// A till that watches a lane from a raw socket.
final class LeanTill: Sendable {
    /// The stream of the watch.
    static let stream: UInt32 = 1
    /// After so many events it gives credit for as many again; an edge begins with 32.
    static let eventsPerCredit = 8

    let socket: LeanSocket

    /// A till on a socket that stands for an edge's.
    init(_ socket: LeanSocket) {
        self.socket = socket
    }

    /// Connects to an edge and watches a lane.
    convenience init(port: Int, lane: String) throws {
        self.init(try .welcomed(port: port))
        let watch = WatchLaneRequest(lane: lane, role: .till)
        let request = Request(call: "countertop.v1.Lanes/Watch", body: watch.packed())
        try socket.send(PackedFrame(Frame(stream: Self.stream, kind: .request(request))).bytes)
    }

    func giveCredit() throws {
        let credit = Credit(messages: UInt32(Self.eventsPerCredit))
        try socket.send(PackedFrame(Frame(stream: Self.stream, kind: .credit(credit))).bytes)
    }

    /// Whether the frame is an event with a customer's scan. It stops at what no working edge sends.
    static func isScan(_ frame: UnsafeRawBufferPointer) throws -> Bool {
        switch try Frame(packed: frame).kind {
        case .message(let message):
            guard case .scan(let scan) = try LaneEvent(packed: message.body).event else { return false }
            guard scan.resolution?.kind == .customer else { throw BenchError("A scanned customer is not found.") }
            return true
        case .status(let status): throw BenchError("The edge ended a watch.", cause: status.message)
        default: return false
        }
    }

    /// The bytes of a scan's event, as long as those of a customer usually are.
    static let event: [UInt8] = {
        var customer = Customer()
        customer.id = String(repeating: "0", count: 26)
        customer.name = "Ragnhild Christensen"
        customer.identifiers = [Identifier(), Identifier(), Identifier()]
        customer.permissions = [Permission()]
        let resolution = Resolution(kind: .customer, customer: customer, gtin: String(repeating: "0", count: 140))
        let event = LaneEvent(event: .scan(Scan(data: Array("2912345678906".utf8), resolution: resolution)))
        return PackedMessage(event, isLast: false).frame(on: stream).bytes
    }()
}
