import Testing

@testable import Customers

@Suite("The sample store")
struct SampleStoreTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    @Test("Every customer is taken as he is, and filling twice changes nothing")
    func fills() throws {
        let replica = try bench.open()
        let applied = try replica.apply(SampleStore.page())
        #expect(applied == AppliedPage(upserted: SampleStore.customersCount))
        try SampleStore.fill(replica)
        #expect(try replica.status() == ReplicaStatus(customers: 1_200, ageMilliseconds: 0, complete: true))
        replica.close()
    }

    @Test("What a person is told to try gives what he is told")
    func tries() throws {
        let replica = try bench.open()
        try SampleStore.fill(replica)
        let reader = try replica.makeReader()
        let found = try SampleStore.tryThese.map { try reader.resolve(typed: $0.code) }
        let kari = try #require(found[0].customerID)
        #expect(found.prefix(4).map(\.customerID) == [kari, kari, kari, kari])
        #expect(found[0].names == ["Kari Nordås"])
        #expect(found[4].names == ["Олена Шевчук", "Юрій Шевчук"])
        #expect(found[5] == .product(gtin14: "04006381333931"))
        #expect(found[6] == .unknown)
        #expect(found.count == 7)
        replica.close()
    }

    @Test("Every phone number is one of its country's")
    func hasPhones() throws {
        for names in SampleNames.all {
            let region = try #require(PhoneRegion(names.region))
            var numbers = SampleNumbers(seed: 1)
            let digits = numbers.filled(names.phone)
            #expect(region.isInUse(digits), "\(names.region) \(digits)")
        }
    }
}
