import Customers
import Foundation
import Testing

@testable import Systems

@Suite struct FeedIntakeTests {
    /// Customers who change, go and share a few cards, in rows of which some are broken.
    private static func file(_ random: inout SeededRandom, isJSON: Bool) -> String {
        var text = isJSON ? "" : "key,name,customer_card,removed\n"
        for row in 0..<Int.random(in: 0...60, using: &random) {
            let key = Int.random(in: 0..<20, using: &random)
            let card = "CARD\(Int.random(in: 0..<30, using: &random))"
            let isRemoved = Int.random(in: 0..<10, using: &random) == 0
            switch (Int.random(in: 0..<20, using: &random), isJSON) {
            case (0, false): text += "\(key),\"x\n"
            case (0, true): text += "{\"key\":\n"
            case (_, false): text += "\(key),\"Kari\n\(row)\",\(card),\(isRemoved)\n"
            case (_, true):
                text +=
                    "{\"key\":\(key),\"name\":\"Kari\\n\(row)\",\"customer_card\":\"\(card)\",\"removed\":\(isRemoved)}\n"
            }
        }
        return text
    }

    private static let cards = (0..<30).map { "CARD\($0)" }

    /// Each page has one row, so that what two rows of one page do to each other plays no part.
    @Test(
        "Pages of any size, crashes between them and a source opened anew give what one pass gives", arguments: 1...8)
    func crashes(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let name = seed.isMultiple(of: 2) ? "a.jsonl" : "a.csv"
        let text = Self.file(&random, isJSON: seed.isMultiple(of: 2))
        let (whole, broken) = (try StoreBench(), try StoreBench())
        for bench in [whole, broken] { try bench.write(text, to: name) }
        let expected = try whole.open()
        let one = try await FeedIntake(feed: "members", replica: expected).run(
            try whole.source(.file(whole.directory.file(name)), rowsMax: 1))
        var replica = try broken.open()
        var rejections = RejectionLog()
        var isDone = false
        while !isDone {
            // A crash: the file of the copy and the source are opened anew, and the page under way may be lost.
            replica.close()
            replica = try broken.open()
            let intake = FeedIntake(feed: "members", replica: replica)
            let source = try broken.source(.file(broken.directory.file(name)), rowsMax: 1)
            if Bool.random(using: &random) { _ = try await source.page(after: intake.cursor()) }
            var pages = Int.random(in: 1...15, using: &random)
            let progress = try await intake.run(source) { progress in
                pages -= 1
                isDone = progress.isComplete
                return pages > 0
            }
            rejections.add(progress.rejections)
            #expect(try isDone || replica.status().complete == false, "\(random.note)")
        }
        #expect(try replica.names(cards: Self.cards) == expected.names(cards: Self.cards), "\(random.note)")
        #expect(try replica.status().customers == expected.status().customers, "\(random.note)")
        #expect(rejections == one.rejections, "\(random.note)")
        replica.close()
        expected.close()
    }

    @Test("While a feed that was through is read again, the copy stays complete and as old as it was")
    func refresh() async throws {
        let bench = try StoreBench()
        try bench.write("key,name\n1,Kari\n", to: "a.csv")
        let source = try bench.source(.file(bench.directory.file("a.csv")), rowsMax: 1)
        let first = try bench.open()
        let progress = try await FeedIntake(feed: "members", replica: first).run(source)
        #expect(progress.isComplete)
        let before = try first.feeds()
        first.close()
        try bench.write("key,name\n1,Kari\n2,Ola\n3,Nina\n", to: "a.csv")
        let later = try bench.open(at: StoreBench.noon.addingTimeInterval(3_600))
        let intake = FeedIntake(feed: "members", replica: later)
        _ = try await intake.run(source) { _ in false }
        #expect(try later.feeds() == before)
        #expect(try later.status().ageMilliseconds == 3_600_000)
        _ = try await intake.run(source)
        #expect(try later.status().ageMilliseconds == 0)
        later.close()
    }
}
