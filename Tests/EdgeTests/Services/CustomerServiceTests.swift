import CountertopClient
import Customers
import Testing
import Wire

@testable import Edge

@Suite struct CustomerServiceTests {
    @Test("A customer is found by card, by phone however it is typed, and by e-mail")
    func resolve() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                for code in [SampleStore.kariCard, "990 00 001", "0047 99000001", "Kari.Nordas@example.com"] {
                    let resolution = try await till.customers.resolve(code: code)
                    #expect(resolution.customer?.name == "Kari Nordås", "\(code)")
                    let provenance = try #require(resolution.provenance)
                    #expect(provenance.source == SampleStore.feed && provenance.complete)
                    #expect(provenance.ageMs < 600_000)
                }
                let byType = try await till.customers.resolve(
                    Wire.Identifier(type: .phone, value: SampleStore.kariPhone))
                #expect(byType.identifierType == .phone)
            }
        }
    }

    @Test("Two customers with one phone are a choice")
    func ambiguous() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let resolution = try await till.customers.resolve(code: SampleStore.sharedPhone)
                #expect(resolution.kind == .ambiguous)
                #expect(resolution.candidates.count == 2)
            }
        }
    }

    @Test("A customer is got by id, and an id nobody has is said to be unknown")
    func get() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let id = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
                let customer = try #require(try await till.customers.get(id: id).customer)
                #expect(customer.firstName == "Kari")
                let identifiers = customer.identifiers.map { "\($0.type) \($0.value)" }
                #expect(identifiers.contains("\(IdentifierType.customerCard) \(SampleStore.kariCard)"))
                #expect(identifiers.contains("\(IdentifierType.phone) \(SampleStore.kariPhone)"))
                let error = await #expect(throws: CountertopError.self) { try await till.customers.get(id: "nobody") }
                #expect(error?.code == .notFound)
                #expect(error?.reason == "CUSTOMER_UNKNOWN")
            }
        }
    }

    @Test("A search by beginnings of words finds people, and says when there are more")
    func search() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let found = try await till.customers.search(name: "kari nord")
                #expect(found.customers.contains { $0.name == "Kari Nordås" })
                let few = try await till.customers.search(name: "ka", limit: 1)
                #expect(few.customers.count == 1)
                #expect(few.more)
            }
        }
    }

    @Test("A search by one letter is refused, and is no sign of ill health")
    func searchTooShort() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let error = await #expect(throws: CountertopError.self) { try await till.customers.search(name: "k") }
                #expect(error?.reason == "ARGUMENT_INVALID")
                let health = try await till.health.check()
                #expect(health.state == .serving)
            }
        }
    }

    @Test("A request without a question is refused")
    func nothing() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let error = await #expect(throws: CountertopError.self) {
                    let _: Wire.Resolution = try await till.call(
                        "countertop.v1.Customers/Resolve", ResolveRequest())
                }
                #expect(error?.reason == "ARGUMENT_INVALID")
            }
        }
    }
}
