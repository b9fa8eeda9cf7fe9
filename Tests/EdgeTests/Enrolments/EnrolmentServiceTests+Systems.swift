import CountertopClient
import Customers
import Foundation
import Storage
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

extension EnrolmentServiceTests {
    private struct CustobarBooks: Decodable {
        struct Customer: Decodable { let phoneNumber: String, firstName: String }
        struct Event: Decodable { let type: String }
        let customers: [String: Customer]
        let events: [String: Event]
    }

    /// Custobar, which is told of new members.
    private static func club(_ server: SystemServer, _ directory: TemporaryDirectory) throws -> SystemSettings {
        SystemSettings(
            name: "club", kind: "custobar",
            values: [
                "url": .text(server.base + "/api"), "customers": .text("match"), "allow": .texts(["name", "phone"]),
                "key": .text(try StoreProcess.secret("k3y", in: directory.path, named: "key")),
            ])
    }

    @Test("A new member is told to the systems that the store names, once, and through an hour without them")
    func told() async throws {
        let custobar = try await SystemServer("custobar", snakeCase: true)
        let secrets = try TemporaryDirectory()
        let club = try Self.club(custobar, secrets)
        try await custobar.setDown(true)
        try await VippsStore.with(others: [club]) { store in
            try await store.rig.withTill { till in
                let member = try #require(try await till.enrol(VippsStore.newcomersPhone).last?.customer)
                #expect(try await till.outbox.list().entries.map(\.kind) == ["customer_new"])
                try await custobar.setDown(false)
                let entry = try #require(try await till.outbox.list().entries.first)
                try await till.retryOnceStill(entry.id)
                try await till.eventuallySent()
                // Whoever enrols again is no new member.
                #expect(try await till.enrol(VippsStore.newcomersPhone).last?.customer?.id == member.id)
                let books = try await custobar.state(CustobarBooks.self)
                #expect(books.customers.values.map(\.phoneNumber) == [VippsStore.newcomersPhone])
                #expect(books.customers.values.map(\.firstName) == ["Nora Berg"])
                #expect(books.events.values.map(\.type) == ["JOINED_AT_TILL"])
            }
        }
    }

    @Test("A member who left and enrols again is told to the other systems again")
    func toldAgain() async throws {
        let (relay, custobar) = (try await SystemServer("relay"), try await SystemServer("custobar", snakeCase: true))
        let secrets = try TemporaryDirectory()
        try await VippsStore.with(relay: relay, others: [Self.club(custobar, secrets)]) { store in
            try await store.rig.withTill { till in
                #expect(try await till.enrol(VippsStore.newcomersPhone).last?.state == .done)
                try await till.eventuallySent()
                try await relay.send(VippsStore.withdrawal(of: "sub-new"), to: "/in/p4th")
                while try await till.customers.resolve(code: VippsStore.newcomersPhone).customer != nil {
                    await Task.yield()
                }
                #expect(try await till.enrol(VippsStore.newcomersPhone).last?.state == .done)
                try await till.eventuallySent()
                let books = try await custobar.state(CustobarBooks.self)
                #expect(books.events.values.map(\.type) == ["JOINED_AT_TILL", "JOINED_AT_TILL"])
            }
        }
    }

    @Test(
        "A member of whom no more than the agreement was written down is brought in at the next start, and told of once"
    )
    func broughtIn() async throws {
        let (vipps, custobar) = (try await SystemServer("vipps"), try await SystemServer("custobar", snakeCase: true))
        let (directory, secrets) = (try TemporaryDirectory(), try TemporaryDirectory())
        let club = try Self.club(custobar, secrets)
        var configuration: EdgeConfiguration?
        let id = try await VippsStore.with(directory: directory, server: vipps, others: [club]) { store in
            configuration = store.rig.configuration
            return store.rig.edge.replica.customerID(feed: "vipps", key: "sub-new")
        }
        let stopped = try #require(configuration)
        let entry = MemberEntry(subject: "sub-new", enrolment: "e1", isNew: true)
        try Self.writeDown(entry, customer: id, of: stopped)
        for _ in 0..<2 {
            try await VippsStore.with(directory: directory, server: vipps, others: [club]) { store in
                try await store.rig.withTill { till in
                    #expect(try await till.customer(of: VippsStore.newcomersPhone) == id)
                    try await till.eventually("Custobar knows") { _ in
                        try await custobar.state(CustobarBooks.self).events.count == 1
                    }
                    try await till.eventuallySent()
                }
                #expect(try store.rig.edge.parts.enrolments.register?.enrolments().isEmpty == true)
            }
        }
        #expect(try await custobar.state(CustobarBooks.self).customers.values.map(\.firstName) == ["Nora Berg"])
    }
}
