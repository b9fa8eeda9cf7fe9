import Wire

/// A client that costs next to nothing: requests that were packed before, answers that are only counted.
struct LeanClient: ~Copyable {
    private let socket: LeanSocket
    private var frames = LeanFrames()

    init(port: Int, saysHello: Bool) throws {
        socket = saysHello ? try .welcomed(port: port) : try LeanSocket(port: port)
    }

    /// One whole answer, its length included. It has to name a customer.
    static func sample(port: Int, _ requests: LeanRequests) throws -> [UInt8] {
        var client = try LeanClient(port: port, saysHello: true)
        try requests.send(0..<1, on: client.socket)
        let frame = Array(try client.frames.wait(on: client.socket))
        guard case .message(let message) = try Frame(packed: frame).kind,
            try Resolution(packed: message.body).kind == .customer
        else { throw BenchError("The edge does not find a customer of its replica.") }
        return withUnsafeBytes(of: UInt32(frame.count).bigEndian) { Array($0) } + frame
    }

    /// Asks one after the other.
    consuming func latencies(of requests: LeanRequests, count: Int) throws -> Latencies {
        var latencies = Latencies()
        for index in 0..<min(count, requests.count) {
            let start = Stopwatch.now()
            try requests.send(index..<index + 1, on: socket)
            _ = try frames.wait(on: socket)
            latencies.record(Stopwatch.now() - start)
        }
        return latencies
    }

    /// Asks so many at once, and the next ones as answers come.
    /// - Returns: how many answers came a second.
    consuming func rate(of requests: LeanRequests, inFlight: Int) throws -> Double {
        let start = Stopwatch.now()
        var (sent, answered) = (min(inFlight, requests.count), 0)
        try requests.send(0..<sent, on: socket)
        while answered < requests.count {
            try frames.fill(from: socket)
            var came = 0
            while frames.next() != nil { came += 1 }
            answered += came
            let next = min(sent + came, requests.count)
            if next > sent { try requests.send(sent..<next, on: socket) }
            sent = next
        }
        return Double(answered) / (Double(Stopwatch.now() - start) / 1e9)
    }
}
