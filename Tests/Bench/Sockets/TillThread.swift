import Glibc
import Synchronization

/// Waits at the sockets of all tills with poll(2) and notes when each scan's event can be read.
struct TillThread: ~Copyable {
    /// How long an event may stay out, in milliseconds.
    private static let patience: Int32 = 10_000

    private let tills: [LeanTill]
    private let times: ScanTimes
    private var latencies = Latencies()
    private var events: [Int]

    private init(_ tills: [LeanTill], _ times: ScanTimes) {
        self.tills = tills
        self.times = times
        events = tills.map { _ in 0 }
    }

    /// Runs `scan` on a thread of its own, and reads here until all events have come.
    static func measure(
        _ tills: [LeanTill], count: Int, _ scan: (ScanTimes) throws -> Void
    ) throws -> Latencies {
        let times = ScanTimes(lanes: tills.count)
        let reading = Handover<Latencies>()
        reading.start {
            var thread = TillThread(tills, times)
            return try thread.read(count)
        }
        try scan(times)
        return try reading.wait()
    }

    private mutating func read(_ count: Int) throws -> Latencies {
        var buffers = FrameBuffers(count: tills.count)
        var waiting = tills.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
        var left = count
        while left > 0 {
            guard poll(&waiting, nfds_t(waiting.count), Self.patience) > 0 else {
                throw BenchError("\(left) of \(count) scans did not reach their tills.")
            }
            let now = Stopwatch.now()
            for lane in waiting.indices where waiting[lane].revents != 0 {
                left -= try take(lane, &buffers, at: now)
            }
        }
        return latencies
    }

    /// - Returns: how many scans came.
    private mutating func take(_ lane: Int, _ buffers: inout FrameBuffers, at now: Int64) throws -> Int {
        var scans = 0
        try buffers.take(lane, from: tills[lane].socket) { frame in
            events[lane] += 1
            if events[lane].isMultiple(of: LeanTill.eventsPerCredit) { try tills[lane].giveCredit() }
            guard try LeanTill.isScan(frame) else { return }
            latencies.record(now - times.ended(lane: lane))
            scans += 1
        }
        return scans
    }
}

/// The bytes that came in for each till.
private struct FrameBuffers {
    private final class Buffer {
        var frames = LeanFrames()
    }

    private let buffers: [Buffer]

    init(count: Int) {
        buffers = (0..<count).map { _ in Buffer() }
    }

    mutating func take(
        _ index: Int, from socket: LeanSocket, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try buffers[index].frames.fill(from: socket)
        while let frame = buffers[index].frames.next() { try body(frame) }
    }
}

/// When each scan began. A lane's events come in the order of its scans.
final class ScanTimes: Sendable {
    private let lanes: Mutex<[[Int64]]>

    init(lanes: Int) {
        self.lanes = Mutex(Array(repeating: [], count: lanes))
    }

    func began(lane: Int) {
        lanes.withLock { $0[lane].append(Stopwatch.now()) }
    }

    fileprivate func ended(lane: Int) -> Int64 {
        lanes.withLock { $0[lane].removeFirst() }
    }
}
