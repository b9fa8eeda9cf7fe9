import CountertopClient
import Customers
import Foundation
import Systems
import Testing
import Wire

@testable import Edge

@Suite struct BenefitServiceTests {
    private static let row = """
        {"key": "1", "name": "Kari Nordås", "customer_card": "CARD1", "benefits": [\
        {"id": "coffee", "title": "A coffee", "amount": 35.50, "uses": 1}, \
        {"id": "ten", "title": "Ten percent", "discount_percent": 10, "uses": 0, "valid_until": "2001-01-01T00:00:00Z"}, \
        {"id": "bad", "uses": "many"}, {"id": "endless", "valid_until": {"date": "2001-01-01"}}]}

        """

    /// An edge whose feed knows a customer with benefits; gives a till and the customer's id.
    private func withCustomer(
        directory: TemporaryDirectory, _ body: (CountertopConnection, String) async throws -> Void
    ) async throws {
        let path = directory.file("members.jsonl")
        try Self.row.write(toFile: path, atomically: true, encoding: .utf8)
        let state = directory.file("state")
        try await StoreRig.with {
            $0.sampleStore = false
            $0.statePath = state
            $0.keyPath = directory.file("key")
            $0.feeds = [
                FeedSettings(
                    name: "members", place: .file(path), mapping: FieldMapping(), schedule: .daily(hour: 3, minute: 0))
            ]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.waitForHealth { $0.replicaComplete }
                let id = try await edge.customers.resolve(code: "CARD1").customer?.id
                try await body(edge, try #require(id))
            }
        }
    }

    @Test("A customer's benefits come with their terms, and one that cannot be read does not come at all")
    func list() async throws {
        try await withCustomer(directory: try TemporaryDirectory()) { edge, customer in
            let answer = try await edge.benefits.list(customer: customer)
            #expect(answer.benefits.map(\.id) == ["coffee", "ten"])
            #expect(answer.benefits.map(\.state) == [.available, .over])
            #expect(answer.benefits[0].amountHundredths == 3_550 && answer.benefits[0].usesLeft == 1)
            #expect(answer.benefits[1].discountBasisPoints == 1_000 && answer.benefits[1].usesMax == 0)
            #expect(answer.provenance?.source == "members")
            let error = await #expect(throws: CountertopError.self) { try await edge.benefits.list(customer: "nobody") }
            #expect(error?.reason == "CUSTOMER_UNKNOWN")
        }
    }

    @Test("A benefit is used once: by one lane at a time, under one operation, after a restart too")
    func once() async throws {
        let directory = try TemporaryDirectory()
        let operation = OperationID()
        var redemption: [UInt8] = []
        try await withCustomer(directory: directory) { edge, customer in
            let reserved = try await edge.benefits.reserve(
                "coffee", of: customer, lane: "1", basket: "B-1", operation: operation)
            #expect(reserved.state == .reserved && reserved.id.count == 16 && reserved.basket == "B-1")
            let again = try await edge.benefits.reserve(
                "coffee", of: customer, lane: "1", basket: "B-1", operation: operation)
            #expect(again == reserved)
            let taken = await #expect(throws: CountertopError.self) {
                try await edge.benefits.reserve("coffee", of: customer, lane: "2")
            }
            #expect(taken?.reason == "BENEFIT_RESERVED")
            #expect(try await edge.benefits.list(customer: customer).benefits[0].lane == "1")
            redemption = reserved.id
            let elsewhere = await #expect(throws: CountertopError.self) {
                try await edge.benefits.redeem(redemption, lane: "2")
            }
            #expect(elsewhere?.reason == "REDEMPTION_UNKNOWN")
        }
        try await withCustomer(directory: directory) { edge, customer in
            for _ in 0..<2 {
                let redeemed = try await edge.benefits.redeem(redemption, lane: "1")
                #expect(redeemed.state == .redeemed)
            }
            let used = await #expect(throws: CountertopError.self) {
                try await edge.benefits.reserve("coffee", of: customer, lane: "2")
            }
            #expect(used?.reason == "BENEFIT_USED")
            let returned = try await edge.benefits.release(redemption, lane: "1")
            #expect(returned.state == .released)
            let benefits = try await edge.benefits.list(customer: customer).benefits
            #expect(benefits[0].state == .available)
            let released = await #expect(throws: CountertopError.self) {
                try await edge.benefits.redeem(redemption, lane: "1")
            }
            #expect(released?.reason == "REDEMPTION_RELEASED")
        }
    }

    @Test("However many lanes want it at the same time, one gets it")
    func race() async throws {
        try await withCustomer(directory: try TemporaryDirectory()) { edge, customer in
            let won = await withTaskGroup(of: Bool.self) { lanes in
                for number in 0..<16 {
                    lanes.addTask {
                        (try? await edge.benefits.reserve("coffee", of: customer, lane: "\(number % 2 + 1)")) != nil
                    }
                }
                return await lanes.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(won == 1)
        }
    }

    @Test("What cannot be done is refused in words")
    func refusals() async throws {
        try await withCustomer(directory: try TemporaryDirectory()) { edge, customer in
            func reason(_ work: () async throws(CountertopError) -> Void) async -> String? {
                do throws(CountertopError) {
                    try await work()
                    return nil
                } catch {
                    return error.reason
                }
            }
            for (benefit, lane, expected) in [
                ("tea", "1", "BENEFIT_UNKNOWN"), ("ten", "1", "BENEFIT_NOT_VALID"), ("coffee", "99", "LANE_UNKNOWN"),
            ] {
                let found = await reason { () throws(CountertopError) in
                    _ = try await edge.benefits.reserve(benefit, of: customer, lane: lane)
                }
                #expect(found == expected)
            }
            let unknown = await reason { () throws(CountertopError) in
                _ = try await edge.benefits.redeem([1], lane: "1")
            }
            #expect(unknown == "REDEMPTION_UNKNOWN")
            let request = ReserveBenefitRequest(lane: "1", customer: customer, benefit: "coffee")
            let bare = await reason { () throws(CountertopError) in
                let _: RedemptionAnswer = try await edge.call("countertop.v1.Benefits/Reserve", request)
            }
            #expect(bare == "ARGUMENT_INVALID")
        }
    }

    @Test("A basket that is paid uses what was reserved for it, and one that is voided or left gives it back")
    func settles() async throws {
        let directory = try TemporaryDirectory()
        try await withCustomer(directory: directory) { edge, customer in
            func open(_ basket: String) async throws {
                try await edge.lanes.openBasket(lane: "1", basket: basket)
                try await edge.lanes.attachCustomer(lane: "1", basket: basket, customer: customer)
                _ = try await edge.benefits.reserve("coffee", of: customer, lane: "1", basket: basket)
            }
            func state() async throws -> Wire.BenefitState? {
                try await edge.benefits.list(customer: customer).benefits.first?.state
            }
            try await open("B-1")
            #expect(try await state() == .reserved)
            try await edge.lanes.closeBasket(lane: "1", basket: "B-1", closing: Closing(outcome: .voided))
            #expect(try await state() == .available)
            try await open("B-2")
            try await edge.lanes.detachCustomer(lane: "1", basket: "B-2")
            #expect(try await state() == .available)
            try await edge.lanes.closeBasket(lane: "1", basket: "B-2", closing: Closing(outcome: .paid))
            try await open("B-3")
            try await edge.lanes.closeBasket(lane: "1", basket: "B-3", closing: Closing(outcome: .parked))
            #expect(try await state() == .reserved)
            try await edge.lanes.openBasket(lane: "1", basket: "B-3")
            try await edge.lanes.attachCustomer(lane: "1", basket: "B-3", customer: customer)
            try await edge.lanes.closeBasket(lane: "1", basket: "B-3", closing: Closing(outcome: .paid))
            #expect(try await state() == .used)
        }
        let audit = try String(contentsOfFile: directory.file("state/audit-changes.log"), encoding: .utf8)
        let calls = audit.split(separator: "\n").filter { $0.contains("Benefits/Re") }.map { line in
            ["Reserve", "Release", "Redeem"].first { line.contains("Benefits/\($0)") } ?? ""
        }
        #expect(calls == ["Reserve", "Release", "Reserve", "Release", "Reserve", "Redeem"])
    }

    @Test("An operation id that reserved for one basket reserves for no other")
    func anotherBasket() async throws {
        try await withCustomer(directory: try TemporaryDirectory()) { edge, customer in
            let operation = OperationID()
            func reserve(_ basket: String) async throws -> [UInt8] {
                try await edge.benefits.reserve(
                    "coffee", of: customer, lane: "1", basket: basket, operation: operation
                ).id
            }
            let first = try await reserve("B-1")
            #expect(try await reserve("B-1") == first)
            #expect(await refusal { _ = try await reserve("B-2") } == "OPERATION_REUSED")
        }
    }

    @Test("A paid basket's benefit is used although the edge ended before it was written down")
    func settlesAfterRestart() async throws {
        let directory = try TemporaryDirectory()
        try await withCustomer(directory: directory) { edge, customer in
            try await edge.lanes.openBasket(lane: "1", basket: "B-1")
            try await edge.lanes.attachCustomer(lane: "1", basket: "B-1", customer: customer)
            try await edge.lanes.closeBasket(lane: "1", basket: "B-1", closing: Closing(outcome: .paid))
            // Reserved for it all the same, as it is when the edge ends between the two.
            _ = try await edge.benefits.reserve("coffee", of: customer, lane: "1", basket: "B-1")
        }
        try await withCustomer(directory: directory) { edge, customer in
            let benefits = try await edge.benefits.list(customer: customer).benefits
            #expect(benefits.first?.state == .used)
        }
    }
}
