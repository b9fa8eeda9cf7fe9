@testable import Wire

/// Actions in words, so that a test reads like a conversation: "send 1 message last", "close HELLO_FIRST".
enum ActionWords {
    static func of(_ action: ServerAction) -> String {
        switch action {
        case .send(let packed): "send " + of(frame(packed))
        case .welcomed(let client, let version, let features):
            (["welcomed", client, String(version)] + features).joined(separator: " ")
        case .start(let call): "start \(call.stream) \(call.name)"
        case .stop(let stream, let status): "stop \(stream) \(status.reason)"
        case .left(let status): "left \(status.reason)"
        case .close(let status): "close \(status.reason)"
        }
    }

    static func of(_ action: ClientAction) -> String {
        switch action {
        case .send(let packed): "send " + of(frame(packed))
        case .welcomed(let welcome): "welcomed \(welcome.edge)"
        case .message(let stream, let body, let isLast): "message \(stream) \(hex(body))" + (isLast ? " last" : "")
        case .ended(let stream, let status, let wasServed):
            "ended \(stream) \(status.reason)" + (wasServed ? "" : " unserved")
        case .leaving(let status): "leaving \(status.reason)"
        case .close(let status): "close \(status.reason)"
        }
    }

    static func of(_ frame: Frame) -> String {
        let words: String
        switch frame.kind {
        case .hello(let hello): words = "hello \(hello.versionMin)-\(hello.versionMax)"
        case .welcome(let welcome): words = "welcome \(welcome.version)"
        case .request(let request):
            words = "request \(request.call)" + (request.deadlineMs == 0 ? "" : " \(request.deadlineMs)")
        case .message(let message): words = "message" + (message.last ? " last" : "")
        case .status(let status): words = "status \(status.statusCode) \(status.reason)"
        case .cancel: words = "cancel"
        case .credit(let credit):
            words = credit.bytes > 0 ? "credit \(credit.bytes) bytes" : "credit \(credit.messages)"
        case .ping(let ping): words = "ping \(ping.token)"
        case .pong(let pong): words = "pong \(pong.token)"
        case .goodbye(let goodbye): words = "goodbye \(goodbye.lastStream) \(goodbye.reason)"
        case nil: words = "nothing"
        }
        return "\(frame.stream) \(words)"
    }

    static func frame(_ packed: PackedFrame) -> Frame {
        (try? Frame(packed: Array(packed.bytes.dropFirst(4)))) ?? Frame()
    }
}
