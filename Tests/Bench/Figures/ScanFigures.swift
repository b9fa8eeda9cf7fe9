import Devices
import Edge

/// From a report that is complete on a virtual port, through the real event thread, the journal (FULL) and the lane, to
/// the event that is readable on the till's TCP socket in another thread.
///
/// Beside it: a thread that does one lookup and writes to the till's socket itself, and the commit of one row in the same
/// directory. All are driven at the same pace, 250 scans a second over all lanes: faster than eight people scan, and without
/// the pauses in which the journal tidies its file.
struct ScanFigures: Figures {
    private static let scans = 1_000
    private static let lanes = 8
    /// Between two scans, in nanoseconds; each wait is drawn from half of it to one and a half.
    private static let pace: Int64 = 4_000_000

    func names(_ options: BenchOptions) -> [String] {
        [
            "scan_to_till_p50_us", "scan_to_till_p99_us", "scan_to_till_1_lane_p50_us", "scan_to_till_1_lane_p99_us",
            "bare_scan_p50_us", "journal_commit_p50_us", "journal_commit_p99_us",
        ]
    }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let scratch = try bench.scratch("commit")
        defer { bench.remove(scratch) }
        let options = bench.options
        let count = options.repetitions(Self.scans)
        var (many, manyTail, one, oneTail) = (Rounds(), Rounds(), Rounds(), Rounds())
        var (bare, commit, commitTail) = (Rounds(), Rounds(), Rounds())
        for round in 0...options.rounds {
            let eight = try await Self.scanToTill(store, lanes: Self.lanes, count: count)
            let alone = try await Self.scanToTill(store, lanes: 1, count: count / 2)
            let (lookup, write) = try await MeasuringThread.run {
                (try Self.bareScans(store, count: count), try Self.commits(scratch, count: count / 2))
            }
            // The first round warms up.
            guard round > 0 else { continue }
            many.add(eight.microseconds(50))
            manyTail.add(eight.microseconds(99))
            one.add(alone.microseconds(50))
            oneTail.add(alone.microseconds(99))
            bare.add(lookup.microseconds(50))
            commit.add(write.microseconds(50))
            commitTail.add(write.microseconds(99))
        }
        bench.print("scan_to_till_p50_us", many.median, "us")
        bench.print("scan_to_till_p99_us", manyTail.median, "us")
        bench.print("scan_to_till_1_lane_p50_us", one.median, "us")
        bench.print("scan_to_till_1_lane_p99_us", oneTail.median, "us")
        bench.print("bare_scan_p50_us", bare.median, "us")
        bench.print("journal_commit_p50_us", commit.median, "us")
        bench.print("journal_commit_p99_us", commitTail.median, "us")
        bench.print("scan_to_till_over_bare_and_commit", many.median / (bare.median + commit.median), "ratio")
    }

    /// - Parameter changes: what changes the copy meanwhile.
    static func scanToTill(
        _ store: BenchStore, lanes: Int, count: Int, changes: ChangeLoad? = nil
    ) async throws -> Latencies {
        let edge = try await BenchEdge.start(store, lanes: lanes)
        changes?.begin(on: edge.edge.replica, of: store)
        let scanners = edge.edge.virtualDevices.compactMap(\.scanner)
        do {
            guard scanners.count == lanes else { throw BenchError("The edge has not opened all virtual scanners.") }
            let port = edge.port
            let latencies = try await MeasuringThread.run {
                let tills = try (1...lanes).map { try LeanTill(port: port, lane: "\($0)") }
                return try TillThread.measure(tills, count: count) { times in
                    try Self.paced(count) { index in
                        let card = Array(BenchCustomers.card(Self.customer(index, of: store)).utf8)
                        times.began(lane: index % lanes)
                        guard scanners[index % lanes].scan(card) else {
                            throw BenchError("A virtual scanner takes no more labels.")
                        }
                    }
                }
            }
            try changes?.end()
            await edge.stop()
            return latencies
        } catch {
            try? changes?.end()
            await edge.stop()
            throw error
        }
    }

    /// The same without the product: one thread looks up and writes the event to the till's socket.
    private static func bareScans(_ store: BenchStore, count: Int) throws -> Latencies {
        let lookup = try BareLookup(store)
        let pairs = try (0..<lanes).map { _ in try LeanSocket.pair() }
        let event = LeanTill.event
        return try TillThread.measure(pairs.map { LeanTill($0.near) }, count: count) { times in
            try paced(count) { index in
                times.began(lane: index % lanes)
                try lookup.run(1, from: index)
                try pairs[index % lanes].far.send(event)
            }
        }
    }

    private static func commits(_ directory: String, count: Int) throws -> Latencies {
        let journal = try BareJournal(directory: directory)
        var latencies = Latencies()
        paced(count) { _ in
            let start = Stopwatch.now()
            journal.write()
            latencies.record(Stopwatch.now() - start)
        }
        return latencies
    }

    private static func paced(_ count: Int, _ work: (Int) throws -> Void) rethrows {
        var random = SplitMix(seed: 4)
        var moment = Stopwatch.now()
        for index in 0..<count {
            moment += Int64.random(in: pace / 2...pace * 3 / 2, using: &random)
            Stopwatch.sleep(until: moment)
            try work(index)
        }
    }

    /// Another customer each time: the same one again within a second would be one scan.
    private static func customer(_ index: Int, of store: BenchStore) -> Int { index * 7_919 % store.count }
}
