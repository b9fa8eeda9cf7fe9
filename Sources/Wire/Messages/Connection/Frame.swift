import CCountertopProtos

/// One frame. `stream` is 0 for hello, welcome, ping, pong and goodbye, and the stream's number for the others.
public struct Frame: WireMessage {
    public static let schema = WireSchema(countertop__v1__frame__init)

    /// 0 for the connection itself, or a stream's number.
    public var stream: UInt32 = 0
    /// What the frame says; `nil` when it says what this version does not know.
    public var kind: Kind?

    public init() {}

    public init(stream: UInt32 = 0, kind: Kind? = nil) {
        self.stream = stream
        self.kind = kind
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "stream", &stream)
        fields.choice(2, "hello", &kind, Kind.hello) {
            if case .hello(let value) = $0 { value } else { nil }
        }
        fields.choice(3, "welcome", &kind, Kind.welcome) {
            if case .welcome(let value) = $0 { value } else { nil }
        }
        fields.choice(4, "request", &kind, Kind.request) {
            if case .request(let value) = $0 { value } else { nil }
        }
        fields.choice(5, "message", &kind, Kind.message) {
            if case .message(let value) = $0 { value } else { nil }
        }
        fields.choice(6, "status", &kind, Kind.status) {
            if case .status(let value) = $0 { value } else { nil }
        }
        fields.choice(7, "cancel", &kind, Kind.cancel) {
            if case .cancel(let value) = $0 { value } else { nil }
        }
        fields.choice(8, "credit", &kind, Kind.credit) {
            if case .credit(let value) = $0 { value } else { nil }
        }
        fields.choice(9, "ping", &kind, Kind.ping) {
            if case .ping(let value) = $0 { value } else { nil }
        }
        fields.choice(10, "pong", &kind, Kind.pong) {
            if case .pong(let value) = $0 { value } else { nil }
        }
        fields.choice(11, "goodbye", &kind, Kind.goodbye) {
            if case .goodbye(let value) = $0 { value } else { nil }
        }
    }

    /// What a frame says.
    public enum Kind: Sendable, Equatable {
        case hello(Hello)
        case welcome(Welcome)
        case request(Request)
        case message(Message)
        case status(Status)
        case cancel(Cancel)
        case credit(Credit)
        case ping(Ping)
        case pong(Pong)
        case goodbye(Goodbye)
    }
}
