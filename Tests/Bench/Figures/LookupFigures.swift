import Customers

/// Lookups in the process with copies of several sizes, beside the bare prepared statement that they rest on and a Redis GET,
/// which goes over a socket: one at a time, and 64 at once.
struct LookupFigures: Figures {
    private static let lookups = 50_000
    private static let searches = 500
    /// Bytes of an answer, for Redis.
    private static let answerBytes = 200

    private static let kinds = ["lookup_card", "lookup_phone", "search_name", "statement"]

    /// What a lookup of each kind takes of the processor, in nanoseconds.
    private struct Found {
        var card = Rounds()
        var phone = Rounds()
        var search = Rounds()
        var statement = Rounds()
    }

    func names(_ options: BenchOptions) -> [String] {
        options.sizes.flatMap { size in Self.kinds.map { "\($0)_ns_\(size.name)" } } + ["redis_get_c1_per_s"]
    }

    func measure(_ bench: BenchDesk) async throws {
        let options = bench.options
        let scratch = try bench.scratch("lookup")
        defer { bench.remove(scratch) }
        let redis = try await MeasuringThread.run { try Self.redis(options, scratch) }
        for size in options.sizes {
            let store = try bench.store(customers: size.customers)
            store.warm()
            let found = try await MeasuringThread.run { try Self.measure(store, options) }
            let rounds = [found.card, found.phone, found.search, found.statement]
            for (kind, rounds) in zip(Self.kinds, rounds) {
                bench.print("\(kind)_ns_\(size.name)", rounds.median, "ns")
                bench.print("\(kind)_per_s_\(size.name)", 1e9 / rounds.median, "1/s")
            }
            let statement = found.statement.median
            bench.print("lookup_card_over_statement_\(size.name)", found.card.median / statement, "ratio")
            bench.print("lookup_phone_over_statement_\(size.name)", found.phone.median / statement, "ratio")
            guard let redis else { continue }
            bench.print("lookup_card_over_redis_get_c1_\(size.name)", 1e9 / found.card.median / redis.single, "ratio")
        }
        guard let redis else { return }
        bench.print("redis_get_c1_per_s", redis.single, "1/s")
        bench.print("redis_get_c1_p64_per_s", redis.pipelined, "1/s")
    }

    private static func redis(
        _ options: BenchOptions, _ scratch: String
    ) throws -> (single: Double, pipelined: Double)? {
        guard let peer = try RedisPeer.start(valueBytes: answerBytes, in: scratch) else { return nil }
        defer { peer.end() }
        var (single, pipelined) = (Rounds(), Rounds())
        let count = options.repetitions(lookups)
        for _ in 0..<options.rounds {
            single.add(try peer.rate(connections: 1, count: count))
            pipelined.add(try peer.rate(connections: 1, inFlight: 64, count: count * 4))
        }
        return (single.median, pipelined.median)
    }

    private static func measure(_ store: BenchStore, _ options: BenchOptions) throws -> Found {
        let replica = try store.open()
        defer { replica.close() }
        let reader = try replica.makeReader()
        let bare = try BareLookup(store)
        let count = options.repetitions(lookups)
        var random = SplitMix(seed: 2)
        let indexes = (0..<count).map { _ in Int.random(in: 0..<store.count, using: &random) }
        let cards = indexes.map { LabelCode(data: Array(BenchCustomers.card($0).utf8), family: .eanUPC, gtin14: nil) }
        let phones = indexes.map { Identifier(type: .phone, value: BenchCustomers.phone($0)) }
        let names = indexes.prefix(options.repetitions(searches)).map { BenchCustomers.beginnings($0) }
        var found = Found()
        // The first round warms up.
        for round in 0...options.rounds {
            let card = try Stopwatch.nanoseconds(repetitions: count) {
                for code in cards { try check(try reader.resolve(code)) }
            }
            let statement = try Stopwatch.nanoseconds(repetitions: count) {
                try bare.run(count, from: round * count)
            }
            let phone = try Stopwatch.nanoseconds(repetitions: count) {
                for number in phones { try check(try reader.resolve(number)) }
            }
            let search = try Stopwatch.nanoseconds(repetitions: names.count) {
                for name in names where try reader.search(name: name, limit: 20).customers.isEmpty {
                    throw BenchError("A name of the replica is not found.")
                }
            }
            guard round > 0 else { continue }
            found.card.add(card)
            found.statement.add(statement)
            found.phone.add(phone)
            found.search.add(search)
        }
        reader.releaseRead()
        return found
    }

    private static func check(_ answer: Answer) throws {
        guard case .customer = answer.resolution else { throw BenchError("A customer of the replica is not found.") }
    }
}
