import CountertopClient
import Customers
import Foundation
import Journal
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

/// Calls that are made again under their operation id, beside those of lanes and of changes, which have tests of their own.
@Suite(.timeLimit(.minutes(2))) struct StoredAnswerTests {
    /// Those that keep an answer, or find what they made before.
    private static let takes: Set<String> = [
        "Benefits/Redeem", "Benefits/Release", "Benefits/Reserve", "Cards/Issue", "Cards/Replace", "Cards/Send",
        "Changes/ChangeBonuses", "Changes/Correct", "Changes/Join", "Changes/LinkCard", "Changes/SetPermission",
        "Enrolments/Cancel", "Enrolments/Choose", "Enrolments/Start", "Feeds/Forget", "Lanes/Acknowledge",
        "Lanes/AttachCustomer", "Lanes/CloseBasket", "Lanes/DetachCustomer", "Lanes/Enter", "Lanes/OpenBasket",
        "Outbox/Drop", "Outbox/Retry", "Privacy/Erase", "Privacy/Readmit", "Tills/Rename", "Tills/Revoke",
    ]
    /// Those that change something, and by their nature do no more when they are made twice.
    private static let needNone: Set<String> = [
        "Cards/Revoke", "Devices/Tell", "Feeds/Import", "Feeds/Run", "Keys/TakeUp", "Lanes/ArmScanner",
        "Lanes/DisarmScanner", "Lanes/Prompt", "Lanes/Show", "Pairing/Pair", "Pairing/Prove", "Pairing/Renew",
        "Tills/Invite",
    ]
    private static let changeNothing: Set<String> = [
        "Benefits/List", "Cards/Get", "Cards/List", "Cards/Print", "Cards/Watch", "Changes/Get", "Customers/Get",
        "Customers/Resolve", "Customers/Search", "Customers/View", "Devices/Capture", "Devices/Descriptors",
        "Devices/List", "Devices/Watch", "Edge/Describe", "Enrolments/Watch", "Feeds/List", "Health/Check",
        "Health/Watch", "Lanes/History", "Lanes/List", "Lanes/Watch", "Operations/Status", "Outbox/List",
        "Privacy/Export", "Systems/Check", "Systems/List", "Tills/List",
    ]

    @Test("Of each call there is, it is said whether it takes an operation id, needs none, or changes nothing")
    func complete() {
        let all = Self.takes.union(Self.needNone).union(Self.changeNothing)
        #expect(all == Set(CallPermissions.needs.keys))
        #expect(all.count == Self.takes.count + Self.needNone.count + Self.changeNothing.count)
    }

    @Test("An entry that is given up twice under one id is given up once, and answered so after a restart too")
    func outbox() async throws {
        let directory = try TemporaryDirectory()
        let operation = OperationID()
        var id: UInt64 = 0
        let first = try await StoreRig.with(directory: directory) { rig in
            let draft = OutboxDraft(system: "nobody", kind: "sale", operation: [1], payload: [1])
            guard case .queued(let number) = try rig.edge.outbox.post(draft, now: Date()) else {
                throw RigError(description: "It is not queued.")
            }
            id = UInt64(number)
            return try await rig.withTill { [id] edge in
                let first = try await edge.outbox.drop(id, reason: "a slip", operation: operation)
                #expect(first.state == .dropped)
                #expect(try await edge.outbox.drop(id, reason: "a slip", operation: operation) == first)
                return first
            }
        }
        try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { edge in
                let again = try await edge.outbox.drop(id, reason: "a slip", operation: operation)
                #expect(again == first)
                let other = await #expect(throws: CountertopError.self) {
                    try await edge.outbox.drop(id, reason: "another word", operation: operation)
                }
                #expect(other?.reason == "OPERATION_REUSED")
                let call = await #expect(throws: CountertopError.self) {
                    try await edge.outbox.retry(id, operation: operation)
                }
                #expect(call?.reason == "OPERATION_REUSED")
                let anew = await #expect(throws: CountertopError.self) {
                    try await edge.outbox.drop(id, reason: "a slip")
                }
                #expect(anew?.reason == "ENTRY_ENDED")
            }
        }
    }

    @Test("Who is forgotten twice under one id at once is forgotten once, and both are told the same")
    func erasedAtOnce() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                let kari = try await edge.customer(of: SampleStore.kariPhone)
                let operation = OperationID()
                let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for _ in 0..<8 {
                        group.addTask { try await edge.privacy.erase(customer: kari, operation: operation).found }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers == [Bool](repeating: true, count: 8))
                #expect(try await edge.privacy.erase(customer: kari).found == false)
            }
        }
    }

    @Test("A source that is forgotten twice under one id, and who is readmitted so, is answered as the first time")
    func forgottenAndReadmitted() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                let kari = try await edge.customer(of: SampleStore.kariPhone)
                let erased = try await edge.privacy.erase(customer: kari)
                #expect(erased.found)
                let request = ReadmitCustomerRequest(customer: kari)
                let readmission = OperationID()
                for _ in 0..<2 {
                    #expect(try await edge.privacy.readmit(request, operation: readmission).found)
                }
                let again = try await edge.privacy.readmit(request)
                #expect(!again.found)
                let forgetting = OperationID()
                let count = try await edge.feeds.forget(SampleStore.feed, operation: forgetting)
                #expect(count > 0)
                #expect(try await edge.feeds.forget(SampleStore.feed, operation: forgetting) == count)
            }
        }
    }

    private func last(
        _ till: CountertopConnection, _ phone: String, _ operation: OperationID
    ) async throws -> EnrolmentEvent {
        try await till.enrolments.withStart(lane: "1", phone: phone, operation: operation) { steps in
            var last = EnrolmentEvent()
            for try await step in steps { last = step }
            return last
        }
    }

    @Test("A customer is asked once for an operation, however often it is started, after its end and a restart too")
    func enrolment() async throws {
        let directory = try TemporaryDirectory()
        let operation = OperationID()
        let server = try await SystemServer("vipps")
        let people = { ["people": ["4746123456": VippsStore.Person("sub-new", "Nora", "Berg", verdict: $0)]] }
        try await server.setState(people("wait"))
        try await VippsStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { till in
                try await till.enrolments.withStart(
                    lane: "1", phone: VippsStore.newcomersPhone, operation: operation
                ) { steps in
                    for try await step in steps where step.state == .waiting { break }
                }
            }
        }
        let done = try await VippsStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { till in
                try await server.setState(people("agree"))
                let done = try await last(till, VippsStore.newcomersPhone, operation)
                #expect(done.state == .done && done.customer?.name == "Nora Berg" && !done.wasMember)
                let other = await #expect(throws: CountertopError.self) {
                    try await last(till, "46 12 34 57", operation)
                }
                #expect(other?.reason == "OPERATION_REUSED")
                return done
            }
        }
        try await VippsStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { till in
                let again = try await last(till, VippsStore.newcomersPhone, operation)
                #expect(again.enrolment == done.enrolment && again.state == .done && !again.wasMember)
                // Of a customer nothing but the opaque id is kept.
                #expect(again.customer?.id == done.customer?.id && again.customer?.name.isEmpty == true)
            }
        }
        #expect(try await server.state(VippsStore.Books.self).logins.count == 1)
    }

    @Test("A choice that is made again under its id is the same choice")
    func choice() async throws {
        try await VippsStore.with { store in
            let phone = String(SampleStore.kariPhone.dropFirst())
            try await store.server.setState(["people": [phone: VippsStore.Person("sub-other", "Olav", "Vik")]])
            try await store.rig.withTill { till in
                try await till.enrolments.withStart(lane: "1", phone: SampleStore.kariPhone) { steps in
                    var events = steps.makeAsyncIterator()
                    var event = try #require(try await events.next())
                    while event.state != .choose { event = try #require(try await events.next()) }
                    let operation = OperationID()
                    let id = event.enrolment
                    let first = try await till.enrolments.choose(
                        lane: "1", enrolment: id, customer: "", operation: operation)
                    while event.state != .done { event = try #require(try await events.next()) }
                    let again = try await till.enrolments.choose(
                        lane: "1", enrolment: id, customer: "", operation: operation)
                    #expect(again == first)
                    let anew = await #expect(throws: CountertopError.self) {
                        try await till.enrolments.choose(lane: "1", enrolment: id, customer: "")
                    }
                    #expect(anew?.reason == "NOTHING_TO_CHOOSE")
                }
            }
        }
    }
}
