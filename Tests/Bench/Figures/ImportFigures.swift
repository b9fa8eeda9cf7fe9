import Customers
import Foundation
import Storage

/// A first load into an empty sealed replica, with the search tokens apart, beside the sqlite3 shell's `.import` of rows of
/// the same sizes into the same indexes.
struct ImportFigures: Figures {
    func names(_ options: BenchOptions) -> [String] {
        ["import_rows_per_s", "token_rows_per_s", "sqlite_shell_rows_per_s"]
    }

    func measure(_ bench: BenchDesk) async throws {
        let count = bench.options.customers
        let scratch = try bench.scratch("import")
        defer { bench.remove(scratch) }
        let found = try await MeasuringThread.run {
            let plain = try Self.load(scratch + "/plain", count: count, isNamed: false)
            let named = try Self.load(scratch + "/named", count: count, isNamed: true)
            let shell = try ShellImport(replica: scratch + "/plain/replica.db", directory: scratch).run()
            return (plain: plain, named: named, shell: shell)
        }
        bench.print("import_rows_per_s", Double(count) / found.plain.seconds, "1/s")
        let tokenSeconds = found.named.seconds - found.plain.seconds
        if tokenSeconds > 0 {
            bench.print("token_rows_per_s", Double(found.named.tokens) / tokenSeconds, "1/s")
        } else {
            BenchDesk.note("The disk was too uneven to tell what the search tokens cost.")
        }
        guard let shell = found.shell else { return BenchDesk.note("There is no sqlite3 shell to compare with.") }
        bench.print("sqlite_shell_rows_per_s", Double(count) / shell, "1/s")
        bench.print("import_over_sqlite_shell", shell / found.plain.seconds, "ratio")
    }

    private static func load(
        _ directory: String, count: Int, isNamed: Bool
    ) throws -> (seconds: Double, tokens: Int64) {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = directory + "/replica.db"
        let replica = try Replica(
            path: path, vault: Vault(key: try StoreKey.loadOrCreate(at: directory + "/key")),
            company: BenchCustomers.company, region: BenchCustomers.region)
        var time: Int64 = 0
        for start in stride(from: 0, to: count, by: BenchCustomers.pageRows) {
            let page = BenchCustomers.page(from: start, count: count, isNamed: isNamed)
            let began = Stopwatch.now()
            try replica.apply(page)
            time += Stopwatch.now() - began
        }
        replica.close()
        return (
            Double(time) / 1e9, try BareDatabase(path: path, isReadOnly: true).integer("SELECT count(*) FROM tokens")
        )
    }
}
