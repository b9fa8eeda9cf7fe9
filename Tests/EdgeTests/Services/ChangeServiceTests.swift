import CountertopClient
import Foundation
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

/// Changes that are asked for again, as a till does that lost its connection before the answer came.
@Suite(.timeLimit(.minutes(2))) struct ChangeServiceTests {
    /// A store with a customer of Poster's.
    private func withPoster(
        _ directory: TemporaryDirectory? = nil, isDown: Bool = false,
        _ body: (CountertopConnection, SystemServer, _ customer: String) async throws -> Void
    ) async throws {
        let server = try await PosterStore.server()
        if isDown { try await server.setDown(true) }
        try await PosterStore.with(directory: directory, server: server) { store in
            try await store.rig.withTill { edge in
                try await body(edge, server, isDown ? "" : try await edge.customer(of: "CARD1"))
            }
        }
    }

    @Test("Bonuses that were taken off are taken off once: asked for again, the smaller balance is no reason to refuse")
    func bonusesTakenOff() async throws {
        try await withPoster { edge, server, customer in
            let operation = OperationID()
            let first = try await edge.changes.changeBonuses(
                customer: customer, hundredths: -1_000, operation: operation)
            #expect(first.id > 0)
            try await edge.eventually("it is sent") { try await $0.changes.get(first.id).state == .sent }
            #expect(try await server.state(PosterStore.Books.self).clients["1"]?.bonus == "250")
            let again = try await edge.changes.changeBonuses(
                customer: customer, hundredths: -1_000, operation: operation)
            #expect(again.id == first.id && again.state == .sent)
            try await server.setDown(true)
            let offline = try await edge.changes.changeBonuses(
                customer: customer, hundredths: -1_000, operation: operation)
            #expect(offline.id == first.id && offline.state == .sent)
            let other = await #expect(throws: CountertopError.self) {
                try await edge.changes.changeBonuses(customer: customer, hundredths: -999, operation: operation)
            }
            #expect(other?.reason == "OPERATION_REUSED")
            try await server.setDown(false)
            #expect(try await server.state(PosterStore.Books.self).clients["1"]?.bonus == "250")
        }
    }

    @Test("A correction that has arrived is the same correction when it is asked for again")
    func corrections() async throws {
        try await withPoster { edge, server, customer in
            let operation = OperationID()
            let request = CorrectCustomerRequest(customer: customer, name: "Kari Berg", phone: "99 00 00 01")
            let first = try await edge.changes.correct(request, operation: operation)
            try await edge.eventually("it is sent") { try await $0.changes.get(first.id).state == .sent }
            try await edge.eventually("the edge has read it back") {
                try await $0.customers.resolve(code: "99000001").customer?.firstName == "Kari"
            }
            let again = try await edge.changes.correct(request, operation: operation)
            #expect(again.id == first.id && again.state == .sent && again.system == "poster")
            // Once the customer is gone, what was asked for of him is still known.
            var state = try await server.state(PosterStore.Books.self)
            state.clients = [:]
            try await server.setState(state)
            let unknown = await #expect(throws: CountertopError.self) {
                try await edge.changes.correct(
                    CorrectCustomerRequest(customer: "nobody", name: "X"), operation: operation)
            }
            #expect(unknown?.reason == "OPERATION_REUSED", "another request has the id, and is not looked into")
        }
    }

    @Test("A new customer who was asked for twice is one, with one number to ask after")
    func joins() async throws {
        try await withPoster { edge, server, _ in
            try await server.setDown(true)
            let operation = OperationID()
            let request = JoinRequest(name: "Nils Berg", phone: "99 00 00 02", group: "10")
            let first = try await edge.changes.join(request, operation: operation)
            let again = try await edge.changes.join(request, operation: operation)
            #expect(first.id > 0 && again.id == first.id && again.system == first.system)
            #expect(try await edge.changes.get(again.id).id == first.id)
            #expect(try await edge.outbox.list().entries.count == 1)
        }
    }

    @Test(
        "Who was made in the store and is not told yet is in a local copy that begins anew, and forgotten when erased")
    func comesBack() async throws {
        let directory = try TemporaryDirectory()
        var id = ""
        try await withPoster(directory) { edge, server, _ in
            try await server.setDown(true)
            _ = try await edge.changes.join(JoinRequest(name: "Nils Berg", phone: "99 00 00 02"))
            try await edge.eventually("Nils is known") {
                try await $0.customers.resolve(code: "99000002").customer != nil
            }
            id = try #require(try await edge.customers.resolve(code: "99000002").customer?.id)
        }
        // Nothing of the copy can be read any more.
        try Data(repeating: 0xA5, count: 65_536).write(to: URL(fileURLWithPath: directory.file("replica.db")))
        try? FileManager.default.removeItem(atPath: directory.file("replica.db-wal"))
        try await withPoster(directory, isDown: true) { edge, _, _ in
            let health = try await edge.health.check()
            #expect(health.findings.contains { $0.reason == "REPLICA_SET_ASIDE" })
            let found = try await edge.customers.resolve(code: "99000002").customer
            #expect(found?.id == id && found?.name == "Nils Berg")
            let erased = try await edge.privacy.erase(customer: id)
            #expect(erased.found && erased.entries == 1)
            #expect(try await edge.customers.resolve(code: "99000002").customer == nil)
            #expect(
                try await edge.outbox.list().entries.allSatisfy { $0.kind != "new_customer" || $0.state == .dropped })
        }
    }

    private struct CustobarState: Encodable {
        struct Customer: Encodable {
            var externalId = "k1"
            var phoneNumber = "+4741234567"
            var firstName = "Kari"
        }
        var customers = ["k1": Customer()]
    }

    @Test("A permission that was given keeps the time of its first attempt, and is the same when it is asked for again")
    func permissions() async throws {
        let server = try await SystemServer("custobar", snakeCase: true)
        try await server.setState(CustobarState())
        let directory = try TemporaryDirectory()
        let key = try StoreProcess.secret("k3y", in: directory.path, named: "key")
        let system = SystemSettings(
            name: "custobar", kind: "custobar",
            values: [
                "url": .text("\(server.base)/api"), "key": .text(key), "schedule": .text("every 5 seconds"),
                "allow": .texts(["name", "first_name", "phone", "permissions"]),
            ])
        try await StoreRig.with {
            $0.sampleStore = false
            $0.systems = [system]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.eventually("Kari is known") {
                    try await $0.customers.resolve(code: "41234567").customer != nil
                }
                let customer = try #require(try await edge.customers.resolve(code: "41234567").customer)
                try await server.setDown(true)
                let operation = OperationID()
                let first = try await edge.changes.setPermission(
                    "sms", granted: true, text: "SMS?", customer: customer.id, operation: operation)
                let again = try await edge.changes.setPermission(
                    "sms", granted: true, text: "SMS?", customer: customer.id, operation: operation)
                #expect(first.id > 0 && again.id == first.id)
                let taken = await #expect(throws: CountertopError.self) {
                    try await edge.changes.setPermission(
                        "sms", granted: false, text: "SMS?", customer: customer.id, operation: operation)
                }
                #expect(taken?.reason == "OPERATION_REUSED")
            }
        }
    }
}
