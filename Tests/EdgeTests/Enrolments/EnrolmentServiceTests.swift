import CountertopClient
import Customers
import Foundation
import Storage
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

@Suite struct EnrolmentServiceTests {
    private func people(_ store: VippsStore, _ people: [String: VippsStore.Person]) async throws {
        try await store.server.setState(["people": people])
    }

    @Test("A newcomer is asked on the phone, enrolled with the evidence, greeted and recognised from then on")
    func newcomer() async throws {
        try await VippsStore.with { store in
            try await store.rig.withTill { till in
                let events = try await till.enrol("46 12 34 56")
                #expect(events.map(\.state).first == .starting)
                #expect(events.contains { $0.state == .waiting })
                let last = try #require(events.last)
                #expect(last.state == .done && !last.wasMember)
                #expect(last.customer?.name == "Nora Berg")
                let binding = try #require(events.first { $0.state == .waiting }).bindingMessage
                #expect(binding.wholeMatch(of: /[A-Z0-9\-]{5,8}/) != nil)
                let books = try await store.books
                #expect(books.logins.values.map(\.binding) == [binding])
                #expect(books.profiles == ["4746123456"])
                let found = try await till.customers.resolve(code: VippsStore.newcomersPhone)
                #expect(found.customer?.id == last.customer?.id)
                let whole = try await till.customers.get(id: last.customer?.id ?? "").customer
                let consent = try #require(whole?.permissions.first { $0.name == "membership" })
                #expect(consent.granted && consent.consentText == "I join the club of this store.")
                #expect(consent.changedAtUnixMs > 1_700_000_000_000)
                while try await store.books.checkins.isEmpty { await Task.yield() }
                #expect(try await store.books.checkins == [.init(phoneNumber: "4746123456", isMember: true)])
            }
        }
    }

    @Test("The customer's display says what is asked, with the same word as the phone")
    func display() async throws {
        try await VippsStore.with { store in
            try await people(store, ["4746123456": VippsStore.Person("sub-new", "Nora", "Berg", verdict: "wait")])
            try await store.rig.withTill { till in
                try await till.withLane("1") { lane in
                    var states = lane.makeAsyncIterator()
                    try await till.enrolments.withStart(lane: "1", phone: VippsStore.newcomersPhone) { steps in
                        var events = steps.makeAsyncIterator()
                        var event = try #require(try await events.next())
                        while event.state != .waiting { event = try #require(try await events.next()) }
                        let word = event.bindingMessage
                        _ = try await states.nextState { $0.displayLines.joined(separator: " ").contains(word) }
                        let cancelled = try await till.enrolments.cancel(lane: "1", enrolment: event.enrolment)
                        #expect(cancelled.state == .cancelled)
                        #expect(try await events.next()?.state == .cancelled)
                        #expect(try await events.next() == nil)
                        _ = try await states.nextState { $0.displayLines.first?.contains("Not this time") == true }
                    }
                }
            }
        }
    }

    @Test("A customer who does not answer is told on the display to open the app and to pull down")
    func hint() async throws {
        let clock = MovedClock()
        try await VippsStore.with(time: clock.time) { store in
            try await people(store, ["4746123456": VippsStore.Person("sub-new", "Nora", "Berg", verdict: "wait")])
            try await store.rig.withTill { till in
                try await till.enrolments.withStart(lane: "1", phone: VippsStore.newcomersPhone) { steps in
                    for try await step in steps where step.state == .waiting { break }
                }
                let hint = try #require(DisplayLanguage.named("en")?.lines[.enrolmentHint]?.first)
                clock.pass(EnrolmentLimits.hintAfter)
                var isHinted = false
                // In steps that are far from the end of the customer's time.
                for _ in 0..<1_000 where !isHinted {
                    clock.pass(.milliseconds(100))
                    isHinted = try await till.lanes.list().first?.displayLines.first?.hasPrefix(hint) == true
                }
                #expect(isHinted)
            }
        }
    }

    @Test(
        "Each end comes to the till as what it is",
        arguments: [
            ("deny", EnrolmentState.denied), ("expire", .expired), ("old_app", .appTooOld),
            ("invalid_user", .noAccount),
            ("too_many", .tooMany),
        ])
    func ends(_ verdict: String, _ state: EnrolmentState) async throws {
        try await VippsStore.with { store in
            try await people(store, ["4746123456": VippsStore.Person("sub-new", "Nora", "Berg", verdict: verdict)])
            try await store.rig.withTill { till in
                let last = try #require(try await till.enrol(VippsStore.newcomersPhone).last)
                #expect(last.state == state)
                #expect(!last.message.isEmpty)
                if state == .tooMany { #expect(last.retryAfterMs == 90_000) }
                #expect(try await till.customers.resolve(code: VippsStore.newcomersPhone).kind == .unknown)
            }
        }
    }

    @Test("A customer who is in the local copy already is linked, not doubled; another name is asked about")
    func linking() async throws {
        try await VippsStore.with { store in
            let phone = String(SampleStore.kariPhone.dropFirst())
            try await people(store, [phone: VippsStore.Person("sub-kari", "Kari", "Nordås")])
            try await store.rig.withTill { till in
                let last = try #require(try await till.enrol(SampleStore.kariPhone).last)
                #expect(last.state == .done && last.wasMember && last.customer?.name == "Kari Nordås")
                #expect(try await till.customers.resolve(code: SampleStore.kariPhone).kind == .customer)
            }
            try await people(store, [phone: VippsStore.Person("sub-other", "Olav", "Vik")])
            try await store.rig.withTill { till in
                try await till.enrolments.withStart(lane: "1", phone: SampleStore.kariPhone) { steps in
                    var events = steps.makeAsyncIterator()
                    var event = try #require(try await events.next())
                    while event.state != .choose { event = try #require(try await events.next()) }
                    #expect(event.candidates.map(\.name) == ["Kari Nordås"])
                    let id = event.enrolment
                    let error = await #expect(throws: CountertopError.self) {
                        try await till.enrolments.choose(lane: "1", enrolment: id, customer: "nobody")
                    }
                    #expect(error?.reason == "NOTHING_TO_CHOOSE")
                    try await till.enrolments.choose(lane: "1", enrolment: id, customer: "")
                    while event.state != .done { event = try #require(try await events.next()) }
                    #expect(event.customer?.name == "Olav Vik" && !event.wasMember)
                }
                #expect(try await till.customers.resolve(code: SampleStore.kariPhone).kind == .ambiguous)
            }
        }
    }

    @Test("One enrolment is open in a lane; a till that lost its stream finds it again")
    func watching() async throws {
        try await VippsStore.with { store in
            try await people(store, ["4746123456": VippsStore.Person("sub-new", "Nora", "Berg", verdict: "wait")])
            let id = try await store.rig.withTill { till in
                try await till.enrolments.withStart(lane: "1", phone: VippsStore.newcomersPhone) { steps in
                    var events = steps.makeAsyncIterator()
                    var event = try #require(try await events.next())
                    while event.state != .waiting { event = try #require(try await events.next()) }
                    return event.enrolment
                }
            }
            try await store.rig.withTill(named: "kassa/again") { till in
                let error = await #expect(throws: CountertopError.self) {
                    for event in try await till.enrol(VippsStore.newcomersPhone) { _ = event }
                }
                #expect(error?.reason == "ENROLMENT_OPEN")
                try await people(store, ["4746123456": VippsStore.Person("sub-new", "Nora", "Berg")])
                let last = try await till.enrolments.withWatch(lane: "1") { steps in
                    var last = EnrolmentEvent()
                    for try await step in steps { last = step }
                    return last
                }
                #expect(last.enrolment == id && last.state == .done)
            }
        }
    }

    @Test("Whoever is forgotten is told to no till any more as the lane's last enrolment, as another one or himself")
    func forgetsLast() async throws {
        try await VippsStore.with { store in
            try await store.rig.withTill { till in
                for isMerged in [false, true] {
                    let last = try #require(try await till.enrol(VippsStore.newcomersPhone).last)
                    let id = try #require(last.customer?.id)
                    let again = try await till.enrolments.withWatch(lane: "1") { steps in
                        for try await step in steps where step.customer?.id == id { return true }
                        return false
                    }
                    #expect(again)
                    if isMerged {
                        try store.rig.edge.parts.enrolments.move(customer: id, to: "ANOTHER")
                        try store.rig.edge.parts.enrolments.erase(customer: "ANOTHER")
                    } else {
                        _ = try await till.privacy.erase(customer: id)
                    }
                    let error = await #expect(throws: CountertopError.self) {
                        try await till.enrolments.withWatch(lane: "1") { steps in for try await _ in steps {} }
                    }
                    #expect(error?.reason == "ENROLMENT_UNKNOWN")
                }
            }
        }
    }

    @Test("Without a system that enrols, and for what is no number, the till is told so")
    func refusals() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let error = await #expect(throws: CountertopError.self) { try await till.enrol("46123456") }
                #expect(error?.reason == "ENROLMENTS_OFF")
            }
        }
        try await VippsStore.with { store in
            try await store.rig.withTill { till in
                let phone = await #expect(throws: CountertopError.self) { try await till.enrol("abc") }
                #expect(phone?.reason == "PHONE_INVALID")
                let lane = await #expect(throws: CountertopError.self) { try await till.enrol("46123456", lane: "9") }
                #expect(lane?.reason == "LANE_UNKNOWN")
            }
        }
    }

    @Test("An enrolment goes on after a restart, and members are there after the local copy was lost")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        let server = try await SystemServer("vipps")
        try await server.setState(["people": ["4746123456": VippsStore.Person("s", "Nora", "Berg", verdict: "wait")]])
        try await VippsStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { till in
                try await till.enrolments.withStart(lane: "1", phone: VippsStore.newcomersPhone) { steps in
                    for try await step in steps where step.state == .waiting { break }
                }
            }
        }
        try await server.setState(["people": ["4746123456": VippsStore.Person("s", "Nora", "Berg")]])
        let id = try await VippsStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { till in
                try await Self.lastEvent(till)
            }
        }
        #expect(try await server.state(VippsStore.Books.self).logins.count == 1)
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path)
        where name.hasPrefix("replica.db") {
            try FileManager.default.removeItem(atPath: directory.file(name))
        }
        try await VippsStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { till in
                while try await till.customers.resolve(code: VippsStore.newcomersPhone).kind != .customer {
                    await Task.yield()
                }
                #expect(try await till.customers.resolve(code: VippsStore.newcomersPhone).customer?.id == id)
                let permissions = try await till.customers.get(id: id ?? "").customer?.permissions ?? []
                #expect(permissions.first { $0.name == "membership" }?.consentText == "I join the club of this store.")
            }
        }
    }

    @Test("Whom the edge had written down when it ended amid the enrolment is a new member when that goes on")
    func newAfterRestart() async throws {
        let directory = try TemporaryDirectory()
        let server = try await SystemServer("vipps")
        let person = { VippsStore.Person("sub-new", "Nora", "Berg", verdict: $0) }
        try await server.setState(["people": ["4746123456": person("wait")]])
        var configuration: EdgeConfiguration?
        let (enrolment, customer) = try await VippsStore.with(directory: directory, server: server) { store in
            configuration = store.rig.configuration
            let enrolment = try await store.rig.withTill { till in
                try await till.enrolments.withStart(lane: "1", phone: VippsStore.newcomersPhone) { steps in
                    var enrolment = ""
                    for try await step in steps where step.state == .waiting {
                        enrolment = step.enrolment
                        break
                    }
                    return enrolment
                }
            }
            return (enrolment, store.rig.edge.replica.customerID(feed: "vipps", key: "sub-new"))
        }
        let entry = MemberEntry(subject: "sub-new", enrolment: enrolment, isNew: true)
        try Self.writeDown(entry, customer: customer, of: try #require(configuration))
        try await server.setState(["people": ["4746123456": person("agree")]])
        try await VippsStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { till in
                let last = try await Self.lastStep(till)
                #expect(last.enrolment == enrolment && last.customer?.id == customer && !last.wasMember)
                // Whoever enrols once more was one.
                let again = try #require(try await till.enrol(VippsStore.newcomersPhone).last)
                #expect(again.customer?.id == customer && again.wasMember)
            }
        }
    }

    /// Leaves a member as an edge leaves him that ends behind the agreement.
    static func writeDown(_ entry: MemberEntry, customer: String, of configuration: EdgeConfiguration) throws {
        let now = Date()
        let record = CustomerRecord(
            key: entry.subject, name: "Nora Berg",
            identifiers: [Identifier(type: .phone, value: VippsStore.newcomersPhone)], changedAt: now)
        let register = try MemberRegister(
            path: configuration.statePath + "/members.db",
            vault: Vault(keys: try StoreKeys.loadOrCreate(at: configuration.keyPath)),
            company: configuration.store.company)
        defer { register.close() }
        try register.keep(
            Member(
                subject: entry.subject, customer: customer, record: record, permissions: [], enrolledAt: now,
                enrolment: entry.enrolment), of: "vipps",
            with: (entry.id, Array(try JSONEncoder().encode(entry))))
    }

    private static func lastEvent(_ till: CountertopConnection) async throws -> String? {
        try await lastStep(till).customer?.id
    }

    private static func lastStep(_ till: CountertopConnection) async throws -> EnrolmentEvent {
        // The edge begins to serve before it has looked for what was under way.
        while true {
            do {
                return try await till.enrolments.withWatch(lane: "1") { steps in
                    var last = EnrolmentEvent()
                    for try await step in steps { last = step }
                    #expect(last.state == .done)
                    return last
                }
            } catch {
                guard (error as? CountertopError)?.reason == "ENROLMENT_UNKNOWN" else { throw error }
                await Task.yield()
            }
        }
    }

    @Test("A member who took the consent back at Vipps is gone from the store, and may enrol anew")
    func withdrawn() async throws {
        let relay = try await SystemServer("relay")
        try await VippsStore.with(relay: relay) { store in
            try await store.rig.withTill { till in
                let member = try #require(try await till.enrol(VippsStore.newcomersPhone).last?.customer)
                #expect(try await till.customers.resolve(code: VippsStore.newcomersPhone).customer?.id == member.id)
                // Somebody who guesses the path takes nobody's consent back.
                try await relay.send(VippsStore.withdrawal(of: "sub-new"), to: "/in/guessed")
                try await relay.send(VippsStore.withdrawal(of: "sub-new"), to: "/in/p4th")
                while try await till.customers.resolve(code: VippsStore.newcomersPhone).customer != nil {
                    await Task.yield()
                }
                let gone = await #expect(throws: CountertopError.self) { try await till.customers.get(id: member.id) }
                #expect(gone?.reason == "CUSTOMER_UNKNOWN")
                let last = try #require(try await till.enrol(VippsStore.newcomersPhone).last)
                #expect(last.state == .done && !last.wasMember)
                #expect(try await till.customers.resolve(code: VippsStore.newcomersPhone).customer?.id == member.id)
            }
        }
    }
}
