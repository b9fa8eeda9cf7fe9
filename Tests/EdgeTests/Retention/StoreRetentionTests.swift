import Cards
import Crypto
import Customers
import Foundation
import Journal
import Storage
import Testing
import Wire

@testable import Edge

@Suite("What is kept for its time and no longer")
struct StoreRetentionTests {
    @Test("The configuration says how long, each in days, and what it does not say has its default")
    func reads() throws {
        let configuration = try EdgeConfiguration.parse(
            yaml: "retention: {scans_days: 20, outbox_days: 60, members_days: 90}", file: "store.yaml")
        var expected = Retention.standard
        (expected.scansDays, expected.unacknowledgedScansDays, expected.outboxDays) = (20, 20, 60)
        expected.membersDays = 90
        #expect(configuration.retention == expected)
        let limits = configuration.retention.limits(JournalLimits())
        #expect(limits.keptFor == .seconds(20 * 86_400) && limits.outboxKeptFor == .seconds(60 * 86_400))
        #expect(Retention.standard.limits(JournalLimits()).keptFor == JournalLimits().keptFor)
    }

    @Test(
        "A time that cannot be is named with its line",
        arguments: ["scans_days: 0", "scans_days: 9\n  unacknowledged_scans_days: 8", "forever: 1", "audit_days: 6"])
    func refuses(line: String) {
        let error = #expect(throws: EdgeError.self) {
            try EdgeConfiguration.parse(yaml: "retention:\n  \(line)\n", file: "store.yaml")
        }
        #expect(error?.message.hasPrefix("store.yaml:") == true)
    }

    /// Appends a line of this time, as somebody who did something then.
    private func write(_ time: Date, by caller: String = "t", to file: AuditFile) {
        let milliseconds = Int64(time.timeIntervalSince1970 * 1_000)
        var pile = AuditPile(AuditLimits())
        pile.add(AuditEntry(milliseconds: milliseconds, caller: caller, role: "till", call: "x"), now: .zero)
        #expect(file.write(pile, milliseconds: milliseconds) == nil)
    }

    private func callers(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
            try (JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["by"] as? String
        }
    }

    /// Of today, for files bear the machine's time.
    private static let noon = Date(
        timeIntervalSince1970: (Date().timeIntervalSince1970 / 86_400).rounded(.down) * 86_400 + 43_200)

    @Test("No line of the audit log is kept beyond its days, in the file that is written and in those before it")
    func auditLog() throws {
        let directory = try TemporaryDirectory()
        var limits = AuditLimits()
        limits.pieceBytes = 7
        limits.fileBytesMax = 250
        let file = AuditFile(path: directory.file("audit.log"), limits: limits)
        let (noon, day) = (Self.noon, 86_400.0)
        for (caller, days) in [("a", 400.0), ("b", 366), ("c", 364), ("d", 10), ("e", 9), ("f", 0)] {
            write(noon - days * day, by: caller, to: file)
        }
        #expect(try callers(directory.file("audit.log.1")) == ["a", "b", "c", "d"])
        #expect(file.forget(before: noon - 365 * day) == nil)
        #expect(try callers(directory.file("audit.log.1")) == ["c", "d"])
        #expect(try callers(directory.file("audit.log")) == ["e", "f"])
        #expect(FileFacts(directory.file("audit.log.1"))?.mode == 0o600)
        _ = file.forget(before: noon - 9.5 * day)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["audit.log"])
        // A day's lines go together.
        _ = file.forget(before: noon - 8.9 * day)
        #expect(try callers(directory.file("audit.log")) == ["f"])
        write(noon + 1, by: "g", to: file)
        #expect(try callers(directory.file("audit.log")) == ["f", "g"])
    }

    @Test("A line that a lost power supply cut off goes with the one before it")
    func tornLine() throws {
        let directory = try TemporaryDirectory()
        let file = AuditFile(path: directory.file("audit.log"), limits: AuditLimits())
        write(Self.noon - 400 * 86_400, by: "a", to: file)
        let handle = try #require(FileHandle(forWritingAtPath: directory.file("audit.log")))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("half a\n".utf8))
        write(Self.noon, by: "b", to: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"time\":\"2".utf8))
        try handle.close()
        _ = file.forget(before: Self.noon - 365 * 86_400)
        let text = try String(contentsOfFile: directory.file("audit.log"), encoding: .utf8)
        #expect(!text.contains("half a") && text.contains("\"by\":\"b\"") && text.hasSuffix("{\"time\":\"2"))
    }

    @Test("Lines that cannot be deleted are told of, and told of again when they can")
    func refused() throws {
        let directory = try TemporaryDirectory()
        // What is no file cannot be deleted as one, whoever tries.
        let stuck = directory.file("audit.log.1")
        try FileManager.default.createDirectory(atPath: stuck, withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.modificationDate: Self.noon - 400 * 86_400], ofItemAtPath: stuck)
        let health = EdgeHealth(logger: LogRecord().logger)
        let log = AuditLog(folder: directory.path) { health.audit($0, $1) }
        log.forget(before: Self.noon - 365 * 86_400)
        #expect(health.findings.map(\.reason) == ["AUDIT_UNPRUNED"])
        #expect(health.findings.first?.message.contains("cannot be deleted") == true)
        try FileManager.default.removeItem(atPath: stuck)
        log.forget(before: Self.noon - 365 * 86_400)
        #expect(health.findings.isEmpty)
    }

    @Test("A file that was written to last before the time goes unread")
    func oldFile() throws {
        let directory = try TemporaryDirectory()
        let file = AuditFile(path: directory.file("audit.log"), limits: AuditLimits())
        write(Self.noon, to: file)
        try FileManager.default.setAttributes(
            [.modificationDate: Self.noon - 366 * 86_400], ofItemAtPath: directory.file("audit.log"))
        _ = file.forget(before: Self.noon - 365 * 86_400)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }
}
