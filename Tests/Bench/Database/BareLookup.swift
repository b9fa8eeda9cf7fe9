/// The lookup that every answer rests on, as a bare prepared statement in an open read transaction: the same file, the
/// same index, the same columns. It opens no seal and makes no answer.
final class BareLookup {
    private static let sql = """
        SELECT i.type, c.record FROM identifiers AS i CROSS JOIN customers AS c ON c.number = i.customer
        WHERE i.company = 1 AND i.blind = ?1 ORDER BY i.type, i.shared
        """

    private let database: BareDatabase
    private let statement: BareStatement
    private let keys: [[UInt8]]

    /// - Parameter keysMax: how many keys of cards, spread over the whole index, are looked for.
    init(_ store: BenchStore, keysMax: Int = 100_000) throws {
        database = try BareDatabase(path: store.replicaPath, isReadOnly: true)
        // As much memory as a reader of the edge has.
        try database.run("PRAGMA cache_size = -8192")
        let step = max(1, store.count / keysMax)
        var random = SplitMix(seed: 1)
        keys = try database.blobs("SELECT blind FROM identifiers WHERE type = 1 AND customer % \(step) = 0")
            .shuffled(using: &random)
        guard !keys.isEmpty else { throw BenchError("The measured replica has no cards.") }
        statement = try database.statement(Self.sql)
        try database.run("BEGIN")
    }

    /// Looks for the next keys, one after the other.
    func run(_ repetitions: Int, from start: Int = 0) throws {
        for index in start..<start + repetitions {
            statement.bind(keys[index % keys.count], at: 1)
            guard statement.step(), statement.sum(1) > 0 else { throw BenchError("A card is not in the index.") }
            statement.reset()
        }
    }
}
