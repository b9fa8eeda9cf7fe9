import Foundation
import Testing

@testable import Journal

@Suite("Whom the store was asked to forget") struct ForgottenTests {
    private let bench: JournalBench

    init() throws { bench = try JournalBench() }

    @Test("Each stands once, with the time of the last request, over a restart, until its time is over")
    func keeps() throws {
        var journal = try bench.open()
        try journal.noteForgotten("C1", at: JournalBench.noon)
        try journal.noteForgotten("C2", at: JournalBench.noon + 60)
        try journal.noteForgotten("C1", at: JournalBench.noon + 120)
        try journal.noteForgotten("C1", at: JournalBench.noon + 90)
        journal.close()
        journal = try bench.open()
        defer { journal.close() }
        let all = try journal.forgotten()
        #expect(all.map(\.customer) == ["C1", "C2"])
        #expect(all.map(\.erasedAt) == [JournalBench.noon + 120, JournalBench.noon + 60])
        #expect(try journal.forgotten(after: all[0].number).map(\.customer) == ["C2"])
        try journal.trimForgotten(before: JournalBench.noon + 100)
        #expect(try journal.forgotten().map(\.customer) == ["C1"])
    }
}
