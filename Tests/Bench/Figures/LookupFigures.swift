import Customers

/// Lookups in the process, beside the bare prepared statement that they rest on.
struct LookupFigures: Figures {
    private static let lookups = 50_000

    func names(_ options: BenchOptions) -> [String] {
        ["lookup_card_ns_", "lookup_phone_ns_", "statement_ns_"].map { $0 + options.sizeName }
    }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let options = bench.options
        let found = try await MeasuringThread.run { try measure(store, options) }
        let size = options.sizeName
        bench.print("lookup_card_ns_\(size)", found.card, "ns")
        bench.print("lookup_phone_ns_\(size)", found.phone, "ns")
        bench.print("statement_ns_\(size)", found.statement, "ns")
        bench.print("lookup_card_over_statement", found.card / found.statement, "ratio")
        bench.print("lookup_phone_over_statement", found.phone / found.statement, "ratio")
        bench.print("lookup_card_per_s", 1e9 / found.card, "1/s")
    }

    private func measure(
        _ store: BenchStore, _ options: BenchOptions
    ) throws -> (card: Double, phone: Double, statement: Double) {
        let replica = try store.open()
        defer { replica.close() }
        let reader = try replica.makeReader()
        let bare = try BareLookup(store)
        let count = options.repetitions(Self.lookups)
        var random = SplitMix(seed: 2)
        let indexes = (0..<count).map { _ in Int.random(in: 0..<store.count, using: &random) }
        let cards = indexes.map { LabelCode(data: Array(BenchCustomers.card($0).utf8), family: .eanUPC, gtin14: nil) }
        let phones = indexes.map { Identifier(type: .phone, value: BenchCustomers.phone($0)) }
        var (card, phone, statement) = (Rounds(), Rounds(), Rounds())
        // The first round warms up.
        for round in 0...options.rounds {
            let cardTime = try Stopwatch.nanoseconds(repetitions: count) {
                for code in cards { try Self.check(try reader.resolve(code)) }
            }
            let statementTime = try Stopwatch.nanoseconds(repetitions: count) {
                try bare.run(count, from: round * count)
            }
            let phoneTime = try Stopwatch.nanoseconds(repetitions: count) {
                for number in phones { try Self.check(try reader.resolve(number)) }
            }
            guard round > 0 else { continue }
            card.add(cardTime)
            statement.add(statementTime)
            phone.add(phoneTime)
        }
        reader.releaseRead()
        return (card.median, phone.median, statement.median)
    }

    private static func check(_ answer: Answer) throws {
        guard case .customer = answer.resolution else { throw BenchError("A customer of the replica is not found.") }
    }
}
