import CountertopClient
import Foundation
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

/// An hour without the internet by a clock that the test moves: what is asked meanwhile, how old answers are, and what every system
/// has in its books in the end.
@Suite(.timeLimit(.minutes(3))) struct OfflineHourTests {
    /// Puts the clock forward minute by minute, and lets the edge do between them what it wants to.
    private func pass(minutes: Int, _ clock: MovedClock, _ edge: CountertopConnection) async throws {
        for _ in 0..<minutes {
            clock.pass(.seconds(60))
            for _ in 0..<3 { _ = try await edge.health.check() }
        }
    }

    /// Puts the clock forward until something is so.
    private func pass(
        _ clock: MovedClock, _ edge: CountertopConnection, until isSo: (CountertopConnection) async throws -> Bool
    ) async throws {
        while try await !isSo(edge) { clock.pass(.seconds(5)) }
    }

    /// The system goes away: nothing that it said before is on its way into the local copy any more.
    private func setDown(_ server: SystemServer, _ clock: MovedClock, _ edge: CountertopConnection) async throws {
        try await server.setDown(true)
        try await pass(clock, edge) { try await $0.systems.list().first?.state != .answering }
    }

    private func isSent(_ edge: CountertopConnection) async throws -> Bool {
        try await edge.outbox.list().entries.isEmpty
    }

    // MARK: Custobar

    private struct CustobarState: Codable {
        struct Benefit: Codable { var id: String, title: String, uses: Int }
        struct Customer: Codable {
            var externalId = "k1"
            var phoneNumber = "+4741234567"
            var firstName = "Kari"
            var canSms: Bool?
            var benefits: [Benefit]? = [Benefit(id: "bag", title: "Bag", uses: 0)]
        }
        struct Sale: Codable { var saleExternalId: String }
        struct Event: Codable { var type: String }
        var customers = ["k1": Customer()]
        var sales: [String: Sale] = [:]
        var events: [String: Event] = [:]
    }

    @Test(
        "An hour without Custobar: it is asked now and then, answers say how old they are, and everything reaches it once"
    )
    func custobar() async throws {
        let (server, clock) = (try await SystemServer("custobar", snakeCase: true), MovedClock())
        try await server.setState(CustobarState())
        let secrets = try TemporaryDirectory()
        let system = SystemSettings(
            name: "custobar", kind: "custobar",
            values: [
                "url": .text(server.base + "/api"), "schedule": .text("every 5 minutes"),
                "key": .text(try StoreProcess.secret("k3y", in: secrets.path, named: "key")),
                "allow": .texts(["name", "first_name", "phone", "permissions", "benefits"]),
            ])
        try await StoreRig.with(time: clock.time) {
            $0.sampleStore = false
            $0.systems = [system]
        } _: { rig in
            try await rig.withTill { edge in
                try await pass(clock, edge) { try await $0.customers.resolve(code: "41234567").customer != nil }
                let customer = try #require(try await edge.customers.resolve(code: "41234567").customer)
                #expect(try await edge.benefits.list(customer: customer.id).benefits.map(\.id) == ["bag"])
                try await setDown(server, clock, edge)
                _ = try await edge.changes.setPermission("sms", granted: true, text: "SMS?", customer: customer.id)
                let bag = try await edge.benefits.reserve("bag", of: customer.id, lane: "1", basket: "S1")
                try await edge.benefits.redeem(bag.id, lane: "1")
                try await edge.sell("S1", to: "41234567", total: 4_990)
                try await pass(minutes: 60, clock, edge)
                // Three queues and a feed of one system, each with growing pauses, behind one circuit.
                let asked = try await server.cuts()
                #expect((3...80).contains(asked), "asked \(asked) times in an hour")
                let old = try await edge.customers.resolve(code: "41234567")
                #expect(old.customer?.id == customer.id && (old.provenance?.ageMs ?? 0) >= 3_600_000)
                let nobody = try await edge.customers.resolve(code: "99999999")
                #expect(nobody.kind == .unknown && (nobody.provenance?.ageMs ?? 0) >= 3_600_000)
                let benefits = try await edge.benefits.list(customer: customer.id)
                #expect(benefits.benefits.map(\.id) == ["bag"] && (benefits.provenance?.ageMs ?? 0) >= 3_600_000)
                #expect(try await edge.systems.list().map(\.state) == [.down])
                try await server.setDown(false)
                try await pass(clock, edge, until: isSent)
                try await pass(clock, edge) { edge in
                    try await edge.customers.resolve(code: "41234567").provenance?.ageMs ?? .max < 600_000
                }
                #expect(try await edge.systems.list().map(\.state) == [.answering])
            }
        }
        let books = try await server.state(CustobarState.self)
        #expect(books.sales.values.map(\.saleExternalId) == ["S1"])
        #expect(books.events.values.map(\.type).sorted() == ["BENEFIT_USED", "PERMISSION_CHANGED"])
        #expect(books.customers["k1"]?.canSms == true)
    }

    // MARK: Poster

    @Test("An hour without Poster: bonuses that were added wait, and are added once when it is back")
    func poster() async throws {
        let clock = MovedClock()
        let more: [String: SystemSettings.Value] = [
            "schedule": .text("every 5 minutes"), "refresh_seconds": .integer(60),
        ]
        try await PosterStore.with(time: clock.time, more) { store in
            let server = store.server
            try await store.rig.withTill { edge in
                try await pass(clock, edge) { try await $0.customers.resolve(code: "CARD1").customer != nil }
                let customer = try #require(try await edge.customers.resolve(code: "CARD1").customer)
                try await setDown(server, clock, edge)
                let change = try await edge.changes.changeBonuses(customer: customer.id, hundredths: 300)
                try await edge.sell("S1", to: "CARD1", total: 10_000)
                try await pass(minutes: 60, clock, edge)
                #expect([.pending, .sending].contains(try await edge.changes.get(change.id).state))
                let old = try await edge.customers.resolve(code: "CARD1")
                #expect(old.customer?.loyalty?.bonusesHundredths == 1_250 && (old.provenance?.ageMs ?? 0) >= 3_600_000)
                try await server.setDown(false)
                try await server.misbehave("after:hang")
                try await pass(clock, edge, until: isSent)
                try await pass(clock, edge) { edge in
                    try await edge.customers.resolve(code: "CARD1").customer?.loyalty?.bonusesHundredths == 1_550
                }
            }
            let books = try await store.books
            #expect(books.clients["1"]?.bonus == "1550" && books.changes.compactMap { $0["count"] } == ["3"])
        }
    }

    // MARK: Solteq

    private struct SolteqState: Encodable {
        struct Customer: Encodable {
            struct Identifier: Encodable { var type = "CustomerCard", value = "CARDU-1" }
            var id = "1"
            var firstName = "Kari"
            var identifiers = [Identifier()]
            var deleted = false
        }
        var customers = [Customer()]
        var secret = "s3cret"
    }

    @Test("An hour without Solteq: whoever is known is recognised, and who left there is gone when it is back")
    func solteq() async throws {
        let (server, clock) = (try await SystemServer("solteq"), MovedClock())
        var state = SolteqState()
        try await server.setState(state)
        let secrets = try TemporaryDirectory()
        let system = SystemSettings(
            name: "cloud", kind: "solteq",
            values: [
                "url": .text(server.base), "identity_url": .text(server.base), "client_id": .text("nordmat"),
                "client_secret": .text(try StoreProcess.secret("s3cret", in: secrets.path, named: "secret")),
                "schedule": .text("every 5 minutes"), "allow": .texts(["first_name", "customer_card"]),
            ])
        try await StoreRig.with(time: clock.time) {
            $0.sampleStore = false
            $0.systems = [system]
        } _: { rig in
            try await rig.withTill { edge in
                try await pass(clock, edge) { try await $0.customers.resolve(code: "CARDU-1").customer != nil }
                try await setDown(server, clock, edge)
                state.customers[0].deleted = true
                try await server.setState(state)
                try await pass(minutes: 60, clock, edge)
                let old = try await edge.customers.resolve(code: "CARDU-1")
                #expect(old.kind == .customer && (old.provenance?.ageMs ?? 0) >= 3_600_000)
                let asked = try await server.cuts()
                #expect((3...40).contains(asked), "asked \(asked) times in an hour")
                try await server.setDown(false)
                try await pass(clock, edge) { try await $0.customers.resolve(code: "CARDU-1").customer == nil }
            }
        }
    }

    // MARK: Vipps

    @Test("An hour without Vipps: who was being asked is not enrolled when the time is over, and nobody is asked twice")
    func vipps() async throws {
        let clock = MovedClock()
        try await VippsStore.with(time: clock.time) { store in
            try await store.server.setState([
                "people": ["4746123456": VippsStore.Person("sub-new", "Nora", "Berg", verdict: "wait")]
            ])
            try await store.rig.withTill { till in
                try await till.enrolments.withStart(lane: "1", phone: VippsStore.newcomersPhone) { steps in
                    var events = steps.makeAsyncIterator()
                    while let event = try await events.next(), event.state != .waiting {}
                    try await store.server.setDown(true)
                    var last: EnrolmentEvent?
                    let moving = Task {
                        while !Task.isCancelled {
                            clock.pass(.seconds(60))
                            await Task.yield()
                        }
                    }
                    while let event = try await events.next() { last = event }
                    moving.cancel()
                    #expect(last?.state == .expired)
                }
                #expect(try await till.customers.resolve(code: VippsStore.newcomersPhone).customer == nil)
            }
            try await store.server.setDown(false)
            #expect(try await store.books.logins.count == 1)
        }
    }
}
