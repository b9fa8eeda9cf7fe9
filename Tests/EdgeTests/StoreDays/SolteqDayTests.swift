import CountertopClient
import Foundation
import TestServers
import Testing
import Wire

@testable import Edge

/// A day in a store with Cardu's customers in Solteq Commerce Cloud.
@Suite(.timeLimit(.minutes(5))) struct SolteqDayTests {
    private struct Customer: Codable {
        struct Identifier: Codable { var type = "CustomerCard", value: String }
        var id: String
        var firstName: String
        var identifiers: [Identifier]
        var deleted = false
    }

    private struct State: Codable {
        var customers: [Customer]
        var secret = "s3cret"
    }

    @Test(
        "A day with Cardu: who joins there is recognised, nobody is made at the till, and an hour offline and a power cut lose nothing"
    )
    func day() async throws {
        let server = try await SystemServer("solteq")
        var state = State(customers: [Customer(id: "1", firstName: "Kari", identifiers: [.init(value: "CARDU-1")])])
        try await server.setState(state)
        let secrets = try TemporaryDirectory()
        let secret = try StoreProcess.secret("s3cret", in: secrets.path, named: "secret")
        let store = try StoreProcess(
            systems: """
                  - name: cloud
                    kind: solteq
                    url: \(server.base)
                    identity_url: \(server.base)
                    client_id: nordmat
                    client_secret: \(secret)
                    schedule: every 5 seconds
                    allow: [name, first_name, customer_card, groups]
                    groups: [cardu]
                    cardu: {enabled: true, enrolment_url: "https://cardu.example/nordmat"}
                """)
        try store.start()
        var sequence: UInt64 = 0
        try await store.withTill { edge in
            try await edge.eventually("Kari is known") {
                try await $0.customers.resolve(code: "CARDU-1").customer != nil
            }
            try await edge.sell("S1", to: "CARDU-1", total: 100)
            // Somebody who is nobody's customer yet is shown where to join, joins, and is recognised.
            let error = await #expect(throws: CountertopError.self) {
                try await edge.changes.join(JoinRequest(name: "Ola", phone: "41234568", lane: "1"))
            }
            #expect(
                error?.reason == "SELF_ENROLMENT" && error?.message.contains("https://cardu.example/nordmat") == true)
            try await edge.eventually("the display says where") { edge in
                let lane = try await edge.lanes.list().first { $0.name == "1" }
                return lane?.displayLines.joined().contains("cardu.example/nordmat") == true
            }
            state.customers.append(Customer(id: "2", firstName: "Ola", identifiers: [.init(value: "CARDU-2")]))
            try await server.setState(state)
            try await edge.eventually("Ola is known") {
                try await $0.customers.resolve(code: "CARDU-2").customer?.firstName == "Ola"
            }

            // The internet is gone: everybody is known, and it is said how old that is.
            try await server.setDown(true)
            try await edge.eventually("the system fails") { try await $0.systems.list().first?.state != .answering }
            let known = try await edge.customers.resolve(code: "CARDU-2")
            #expect(known.provenance?.complete == true && known.customer?.groups.map(\.id) == ["cardu"])
            sequence = try await edge.lanes.enter(lane: "2", code: "CARDU-2").sequence
        }
        store.kill()
        state.customers[0].deleted = true
        try await server.setState(state)
        try store.start()
        try await store.withTill { edge in
            #expect(try await edge.history(lane: "2").last?.sequence == sequence)
            #expect(try await edge.customers.resolve(code: "CARDU-1").customer?.firstName == "Kari")
            try await server.setDown(false)
            try await edge.eventually("who left Cardu is gone") {
                try await $0.customers.resolve(code: "CARDU-1").customer == nil
            }
            #expect(try await edge.customers.resolve(code: "CARDU-2").customer?.groups.map(\.id) == ["cardu"])
            #expect(try await edge.systems.check("cloud").ok)
        }
        for secret in ["s3cret", "token-", "CARDU-"] { #expect(!store.log.contains(secret), "\(secret) is in the log") }
    }
}
