import CountertopClient
import Foundation
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

/// What a store sees of Custobar beside its customers: articles, and what a customer did last.
@Suite(.timeLimit(.minutes(2))) struct CustobarStoreTests {
    private struct State: Encodable {
        struct Customer: Encodable { var externalId = "k1", phoneNumber = "+4741234567", firstName = "Kari" }
        struct Product: Encodable { var externalId: String }
        struct Event: Encodable {
            var type = "VISIT", externalId = "e1", date = "2026-11-20T10:00:00Z", phoneNumber = "+4741234567"
        }
        var customers = ["k1": Customer()]
        var products = [Product(externalId: "2000000000015")]
        var events = ["e1": Event()]
    }

    private func settings(_ server: SystemServer, _ directory: TemporaryDirectory) throws -> SystemSettings {
        let key = try StoreProcess.secret("k3y", in: directory.path, named: "key")
        return SystemSettings(
            name: "custobar", kind: "custobar",
            values: [
                "url": .text(server.base + "/api"), "key": .text(key), "view.events": .flag(true),
                "products.schedule": .text("every 5 seconds"),
                "allow": .texts(["name", "first_name", "phone", "permissions", "benefits"]),
            ])
    }

    @Test("An article of the store's own numbers is told from a card by Custobar's list, with and without the internet")
    func articles() async throws {
        let server = try await SystemServer("custobar", snakeCase: true)
        try await server.setState(State())
        let (directory, secrets) = (try TemporaryDirectory(), try TemporaryDirectory())
        let system = try settings(server, secrets)
        let start: (inout EdgeConfiguration) -> Void = {
            $0.sampleStore = false
            $0.systems = [system]
        }
        try await StoreRig.with(directory: directory, start) { rig in
            try await rig.withTill { edge in
                try await edge.eventually("the articles are read") { edge in
                    try await edge.customers.resolve(code: "2000000000015").kind == .product
                }
                let article = try await edge.customers.resolve(code: "2000000000015")
                #expect(article.gtin == "02000000000015")
                #expect(try await edge.customers.resolve(code: "2000000000022").kind == .unknown)
            }
        }
        try await server.setDown(true)
        try await StoreRig.with(directory: directory, start) { rig in
            try await rig.withTill { edge in
                #expect(try await edge.customers.resolve(code: "2000000000015").kind == .product)
                #expect(try await edge.customers.resolve(code: "2000000000022").kind == .unknown)
                let scan = try await edge.serve("2000000000015")
                #expect(scan.resolution?.kind == .product && scan.attachment == Attachment.none)
            }
        }
    }

    private struct Books: Decodable {
        struct Customer: Decodable { let card: String? }
        let customers: [String: Customer]
    }

    @Test(
        "A card of somebody else's is its customer's from the moment it is linked, without the internet and after a restart"
    )
    func linkedCard() async throws {
        let server = try await SystemServer("custobar", snakeCase: true)
        try await server.setState(State())
        let (directory, secrets) = (try TemporaryDirectory(), try TemporaryDirectory())
        var system = try settings(server, secrets)
        system.values["fields.customer_card"] = .texts(["card"])
        system.values["allow"] = .texts(["name", "first_name", "phone", "customer_card"])
        system.values["schedule"] = .text("every 5 seconds")
        let start: (inout EdgeConfiguration) -> Void = { [system] in
            $0.sampleStore = false
            $0.systems = [system]
        }
        // An EAN of eight digits, which is an article's as well as a card's.
        let card = "96385074"
        try await StoreRig.with(directory: directory, start) { rig in
            try await rig.withTill { edge in
                try await edge.eventually("Kari is known") { edge in
                    try await edge.customers.resolve(code: "41234567").customer != nil
                }
                let customer = try #require(try await edge.customers.resolve(code: "41234567").customer)
                #expect(try await edge.customers.resolve(code: card).kind == .product)
                try await server.setDown(true)
                _ = try await edge.changes.linkCard(Array(card.utf8), to: customer.id)
                #expect(try await edge.customers.resolve(code: card).customer?.id == customer.id)
                #expect(try await edge.serve(card).resolution?.customer?.id == customer.id)
                let payment = await #expect(throws: CountertopError.self) {
                    try await edge.changes.linkCard(Array("4111111111111111".utf8), to: customer.id)
                }
                #expect(payment?.reason == "ARGUMENT_INVALID")
            }
        }
        try await StoreRig.with(directory: directory, start) { rig in
            try await rig.withTill { edge in
                #expect(try await edge.customers.resolve(code: card).identifierType == .linkedCard)
                try await server.setDown(false)
                try await edge.eventuallySent()
                try await edge.eventually("Custobar has given the card back") { edge in
                    try await edge.customers.resolve(code: card).identifierType == .customerCard
                }
            }
            #expect(!rig.log.text.contains(card))
        }
        #expect(try await server.state(Books.self).customers["k1"]?.card == card)
    }

    @Test("Staff see what a customer did last; without Custobar what it told before, with its age, and it is audited")
    func view() async throws {
        let server = try await SystemServer("custobar", snakeCase: true)
        try await server.setState(State())
        let (directory, secrets) = (try TemporaryDirectory(), try TemporaryDirectory())
        let system = try settings(server, secrets)
        try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
            $0.systems = [system]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.eventually("Kari is known") { edge in
                    try await edge.customers.resolve(code: "41234567").customer != nil
                }
                let customer = try #require(try await edge.customers.resolve(code: "41234567").customer)
                let view = try await edge.customers.view(id: customer.id)
                #expect(view.customer?.firstName == "Kari" && view.provenance?.source == "custobar")
                #expect(view.events.map(\.kind) == ["VISIT"] && view.events.map(\.source) == ["custobar"])
                #expect(view.eventsProvenance?.complete == true)
                try await server.setDown(true)
                let later = try await edge.customers.view(id: customer.id)
                #expect(later.events == view.events && later.eventsProvenance?.complete == true)
                #expect((later.eventsProvenance?.ageMs ?? 0) >= (view.eventsProvenance?.ageMs ?? 0))
                let nobody = await #expect(throws: CountertopError.self) { try await edge.customers.view(id: "nobody") }
                #expect(nobody?.reason == "CUSTOMER_UNKNOWN")
                let audit = directory.file("audit.log")
                try await edge.eventually("the view is audited") { _ in
                    (try? String(contentsOfFile: audit, encoding: .utf8))?.contains("Customers/View") == true
                }
                #expect(!rig.log.text.contains("41234567") && !rig.log.text.contains("Kari"))
            }
        }
        // After a restart without the internet only the store's own events are known.
        try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
            $0.systems = [system]
        } _: { rig in
            try await rig.withTill { edge in
                let view = try await edge.customers.view(id: try await edge.customer(of: "41234567"))
                #expect(view.customer?.firstName == "Kari")
                #expect(view.events.allSatisfy { $0.source == "store" })
                #expect(view.eventsProvenance?.complete == false)
            }
        }
    }
}

extension CountertopConnection {
    /// Enters a code into the first lane, and gives its scan.
    fileprivate func serve(_ code: String) async throws -> Scan {
        try await withLane("1") { events in
            _ = try await lanes.enter(lane: "1", code: code)
            for try await event in events {
                if case .scan(let scan) = event.event { return scan }
            }
            throw RigError(description: "The watch ended.")
        }
    }
}
