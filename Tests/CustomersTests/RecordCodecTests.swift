import Foundation
import Testing

@testable import Customers

@Suite("Records")
struct RecordCodecTests {
    private static let id = CustomerID(bytes: Array(0..<16))

    @Test("A record reads back as it was written")
    func readsBack() throws {
        var record = ReplicaBench.kari
        record.loyalty = Loyalty(
            discountBasisPoints: .max, bonusesHundredths: .min, cashbackBasisPoints: 0)
        record.permissions.append(
            Permission(name: "", granted: false, consentText: "", changedAt: Date(milliseconds: -1)))
        record.benefits = [
            Benefit(
                id: "b", title: "Kaffe", discountBasisPoints: .max, amountHundredths: -1,
                validFrom: Date(milliseconds: 1),
                validUntil: Date(milliseconds: .max / 4_096), usesMax: .max), Benefit(id: "", title: ""),
        ]
        let bytes = RecordEncoder.encode(record, id: Self.id, feed: 300, groups: [1, 128, 70_000])
        let read = try #require(RecordDecoder.decode(bytes))
        #expect(read.id == Self.id)
        #expect(read.feed == 300)
        #expect(read.name == record.name)
        #expect(read.firstName == record.firstName)
        #expect(read.language == record.language)
        #expect(read.identifiers == record.identifiers)
        #expect(read.groups == [1, 128, 70_000])
        #expect(read.loyalty == record.loyalty)
        #expect(read.permissions == record.permissions)
        #expect(read.benefits == record.benefits)
    }

    @Test("A record that is cut anywhere, or longer, is none")
    func refusesCuts() {
        let bytes = RecordEncoder.encode(ReplicaBench.kari, id: Self.id, feed: 1, groups: [1])
        for count in 0..<bytes.count { #expect(RecordDecoder.decode(Array(bytes.prefix(count))) == nil) }
        #expect(RecordDecoder.decode(bytes + [0]) == nil)
        #expect(RecordDecoder.decode([2] + bytes.dropFirst()) == nil)
    }

    @Test("Random and mutated bytes are read or refused, and never crash")
    func survivesAnything() {
        var random = SeededRandom(seed: 77)
        let good = RecordEncoder.encode(ReplicaBench.kari, id: Self.id, feed: 1, groups: [1, 2])
        for round in 0..<20_000 {
            var bytes = good
            if round.isMultiple(of: 4) {
                bytes =
                    [1]
                    + (0..<Int.random(in: 0...80, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
            }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = RecordDecoder.decode(bytes)
        }
    }
}
