import Foundation
import Testing

@testable import Wire

/// Whole conversations that Google's protobuf wrote, held against both sides of a connection: see
/// `Tests/Golden/conversations.py`. A client in another language can be held against the same file.
@Suite struct GoldenConversationTests {
    struct Conversation: Decodable, Sendable, CustomTestStringConvertible {
        struct Limits: Decodable, Sendable {
            enum CodingKeys: String, CodingKey {
                case streams = "streams_max"
                case messages = "credit_messages_initial"
                case bytes = "credit_bytes_initial"
            }

            let streams: Int
            let messages: Int
            let bytes: Int
        }

        struct Said: Decodable, Sendable {
            struct Carried: Decodable, Sendable {
                let message: String
            }

            let from: String
            let hex: String
            let carries: Carried?
        }

        let name: String
        let clientCanCause: Bool
        let limits: Limits
        let frames: [Said]

        var testDescription: String { name }
    }

    static let all: [Conversation] =
        (try? JSONDecoder().decode([Conversation].self, from: Project.data("Tests/Golden/conversations.json"))) ?? []

    @Test("They are there, and begin with a hello")
    func areThere() throws {
        #expect(Self.all.count >= 8)
        for conversation in Self.all {
            let first = try #require(conversation.frames.first)
            guard case .hello = try frame(first).kind else {
                Issue.record("\(conversation.name) begins with something else")
                continue
            }
        }
    }

    @Test("The edge says what its frames say, byte for byte", arguments: all)
    func edgeSpeaks(conversation: Conversation) throws {
        var edge = EdgeSpeaker(conversation.limits)
        for said in conversation.frames {
            let frame = try frame(said)
            if said.from == "client" {
                edge.hear(frame)
            } else {
                #expect(try edge.say(frame, carrying: said.carries?.message) == said.hex, "\(ActionWords.of(frame))")
            }
        }
        #expect(edge.said == [], "and nothing more")
    }

    @Test("The client says what its frames say, byte for byte", arguments: all.filter(\.clientCanCause))
    func clientSpeaks(conversation: Conversation) throws {
        var client = ClientSpeaker()
        for said in conversation.frames {
            let frame = try frame(said)
            if said.from == "edge" {
                client.hear(frame)
            } else {
                #expect(client.say(frame) == said.hex, "\(ActionWords.of(frame))")
            }
        }
        #expect(client.said == [], "and nothing more")
    }

    private func frame(_ said: Conversation.Said) throws -> Frame {
        try Frame(packed: Array(bytes(hex: said.hex).dropFirst(4)))
    }
}

/// An edge's connection whose calls answer as a conversation wants it.
private struct EdgeSpeaker {
    private var connection: ServerConnection
    private var now: Duration = .zero
    private(set) var said: [String] = []

    init(_ told: GoldenConversationTests.Conversation.Limits) {
        var limits = ConnectionLimits()
        limits.streamsMax = told.streams
        limits.creditInitial = told.messages
        limits.creditBytesInitial = told.bytes
        connection = ServerConnection(
            greeting: ServerGreeting(edge: "countertop/0.1.0", store: "Storgata"), limits: limits, now: .zero)
    }

    mutating func hear(_ frame: Frame) {
        let now = now
        act { $0.receive(frame, now: now, into: &$1) }
    }

    /// What the edge says next, which is what its rules have it say, or what is asked of a call.
    mutating func say(_ frame: Frame, carrying type: String?) throws -> String? {
        let now = now
        if said.isEmpty {
            switch frame.kind {
            case .message(let message):
                let type = try #require(EveryMessage.named(type ?? ""))
                let packed = try packed(type, message)
                act { $0.send(packed, on: frame.stream, now: now, into: &$1) }
            case .status(let status): act { $0.finish(frame.stream, with: status, now: now, into: &$1) }
            case .goodbye(let goodbye):
                let status = Status(.shuttingDown, goodbye.message)
                act { $0.drain(status, now: now, into: &$1) }
            case .ping:
                let due = connection.deadline ?? now
                self.now = due
                act { $0.tick(now: due, into: &$1) }
            default: break
            }
        }
        return said.isEmpty ? nil : said.removeFirst()
    }

    private func packed<Body: WireMessage>(_ type: Body.Type, _ message: Message) throws -> PackedMessage {
        PackedMessage(try Body(packed: message.body), isLast: message.last)
    }

    private mutating func act(_ event: (inout ServerConnection, inout [ServerAction]) -> Void) {
        var actions: [ServerAction] = []
        event(&connection, &actions)
        for case .send(let packed) in actions { said.append(hex(packed.bytes)) }
    }
}

/// A client's connection whose callers do what a conversation wants.
private struct ClientSpeaker {
    private var connection: ClientConnection?
    private var now: Duration = .zero
    private(set) var said: [String] = []

    mutating func hear(_ frame: Frame) {
        let now = now
        act { $0.receive(frame, now: now, into: &$1) }
        // Its tasks take each message at once.
        if case .message(let message) = frame.kind, !message.last { act { $0.consume(1, on: frame.stream, into: &$1) } }
    }

    /// What the client says next, which is what its rules have it say, or what is asked of a caller.
    mutating func say(_ frame: Frame) -> String? {
        let now = now
        if said.isEmpty {
            switch frame.kind {
            case .hello(let hello):
                connection = ClientConnection(hello: hello, now: .zero)
                act { $0.start(into: &$1) }
            case .request(let request):
                let timeout: Duration? = request.deadlineMs == 0 ? nil : .milliseconds(request.deadlineMs)
                act { _ = $0.request(request.call, body: request.body, timeout: timeout, now: now, into: &$1) }
            case .cancel: act { $0.cancel(frame.stream, now: now, into: &$1) }
            case .goodbye: act { $0.drain(now: now, into: &$1) }
            case .ping:
                let due = connection?.deadline ?? now
                self.now = due
                act { $0.tick(now: due, into: &$1) }
            default: break
            }
        }
        return said.isEmpty ? nil : said.removeFirst()
    }

    private mutating func act(_ event: (inout ClientConnection, inout [ClientAction]) -> Void) {
        guard var speaking = connection else { return }
        var actions: [ClientAction] = []
        event(&speaking, &actions)
        connection = speaking
        for case .send(let packed) in actions { said.append(hex(packed.bytes)) }
    }
}
