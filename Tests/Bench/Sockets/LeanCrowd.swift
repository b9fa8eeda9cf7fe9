import Glibc

/// Many connections, each with one request in flight, served by one thread with poll(2).
struct LeanCrowd: ~Copyable {
    private final class Member {
        let socket: LeanSocket
        var frames = LeanFrames(capacity: 1 << 14)

        init(_ socket: LeanSocket) {
            self.socket = socket
        }
    }

    /// How long an answer may stay out, in milliseconds.
    private static let patience: Int32 = 10_000

    private let members: [Member]

    init(port: Int, count: Int, saysHello: Bool) throws {
        members = try (0..<count).map { _ in
            Member(saysHello ? try .welcomed(port: port) : try LeanSocket(port: port))
        }
    }

    /// Has each connection ask again as soon as it has its answer.
    /// - Returns: how many answers came a second.
    consuming func rate(of requests: LeanRequests) throws -> Double {
        let start = Stopwatch.now()
        var (sent, answered) = (0, 0)
        for member in members where sent < requests.count {
            try requests.send(sent..<sent + 1, on: member.socket)
            sent += 1
        }
        var waiting = members.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
        while answered < requests.count {
            guard poll(&waiting, nfds_t(waiting.count), Self.patience) > 0 else {
                throw BenchError("\(requests.count - answered) answers did not come.")
            }
            for (member, state) in zip(members, waiting) where state.revents != 0 {
                try member.frames.fill(from: member.socket)
                guard member.frames.next() != nil else { continue }
                answered += 1
                guard sent < requests.count else { continue }
                try requests.send(sent..<sent + 1, on: member.socket)
                sent += 1
            }
        }
        return Double(answered) / (Double(Stopwatch.now() - start) / 1e9)
    }
}
