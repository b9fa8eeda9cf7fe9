import Foundation

/// Has the sqlite3 shell import the rows of a replica, as texts of the same lengths, into the same indexes.
struct ShellImport {
    private static let shell = "/usr/bin/sqlite3"

    let replica: String
    let directory: String

    /// - Returns: the seconds it takes; `nil` when there is no shell.
    func run() throws -> Double? {
        guard FileManager.default.isExecutableFile(atPath: Self.shell) else { return nil }
        try shell(
            replica,
            """
            .mode csv
            .output \(directory)/customers.csv
            SELECT number, company, hex(substr(id, 1, 8)),
                substr(hex(record), 1, length(record)) FROM customers ORDER BY number;
            .output \(directory)/identifiers.csv
            SELECT company, hex(substr(blind, 1, 8)), type, shared, customer FROM identifiers ORDER BY customer;
            """)
        let start = Stopwatch.now()
        try shell(
            directory + "/shell.db",
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA cache_size = -65536;
            CREATE TABLE customers (number INTEGER PRIMARY KEY, company INTEGER NOT NULL, id TEXT NOT NULL,
                record TEXT NOT NULL, UNIQUE (company, id)) STRICT;
            CREATE TABLE identifiers (company INTEGER NOT NULL, blind TEXT NOT NULL, type INTEGER NOT NULL,
                shared INTEGER NOT NULL, customer INTEGER NOT NULL,
                PRIMARY KEY (company, blind, type, shared)) STRICT, WITHOUT ROWID;
            .import --csv \(directory)/customers.csv customers
            .import --csv \(directory)/identifiers.csv identifiers
            """)
        return Double(Stopwatch.now() - start) / 1e9
    }

    private func shell(_ database: String, _ script: String) throws {
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(fileURLWithPath: Self.shell)
        process.arguments = [database]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        input.fileHandleForWriting.write(Data(script.utf8))
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError("The sqlite3 shell refuses its script.") }
    }
}
