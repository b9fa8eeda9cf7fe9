import Cards
import Crypto
import Customers
import Foundation
import Journal
import Storage
import Testing

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

    @Test("Files of the audit log go when their last line is too old, and the present one is ended when its first is")
    func auditLog() throws {
        let directory = try TemporaryDirectory()
        let file = AuditFile(path: directory.file("audit.log"), limits: AuditLimits())
        let noon = Date(timeIntervalSince1970: 1_795_521_600)
        func write(_ time: Date) {
            let milliseconds = Int64(time.timeIntervalSince1970 * 1_000)
            var pile = AuditPile(AuditLimits())
            pile.add(AuditEntry(milliseconds: milliseconds, caller: "t", role: "till", call: "x"), now: .zero)
            #expect(file.write(pile, milliseconds: milliseconds) == nil)
        }
        write(noon - 400 * 86_400)
        write(noon)
        file.forget(before: noon - 365 * 86_400)
        // The file is ended, and stays as long as its last line may.
        write(noon)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == [
                "audit.log", "audit.log.1",
            ])
        try FileManager.default.setAttributes(
            [.modificationDate: noon - 366 * 86_400], ofItemAtPath: directory.file("audit.log.1"))
        file.forget(before: noon - 365 * 86_400)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["audit.log"])
        file.forget(before: noon - 365 * 86_400)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["audit.log"])
    }
}
