import Credentials
import Customers
import Devices
import Foundation
import Testing
import Wire

@testable import CountertopClient
@testable import Edge

@Suite struct PairingTests {
    @Test("A till is paired by the code, and watches its lane over TLS with its certificate")
    func pairs() async throws {
        try await NetworkRig.with { rig in
            let (till, credentials) = try await rig.withCode { _, code, invitation in
                let paired = try await CountertopClient.pair(
                    with: rig.address, code: code.lowercased(), client: "kassa/test")
                let event = try await invitation.next()?.event
                #expect(event == .till(paired.till))
                #expect(try await invitation.next() == nil)
                return paired
            }
            #expect(till.lane == "1")
            #expect(till.name == "till of lane 1")
            try await rig.withPaired(credentials) { edge in
                try await edge.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try rig.store.scanner().scan(Array(SampleStore.kariCard.utf8), aim: "]Q1")
                    #expect(try await events.nextScan().resolution?.customer?.name == "Kari Nordås")
                    let listed = try await rig.store.withTill { try await $0.tills.list() }
                    #expect(listed.map(\.connections) == [1])
                }
            }
        }
    }

    @Test("A code serves once, and an edge with no code waiting says so")
    func once() async throws {
        try await NetworkRig.with { rig in
            let again = try await rig.withCode { _, code, _ in
                _ = try await CountertopClient.pair(with: rig.address, code: code, client: "kassa/test")
                return await refusal {
                    _ = try await CountertopClient.pair(with: rig.address, code: code, client: "kassa/test")
                }
            }
            #expect(again == "PAIRING_CLOSED")
        }
    }

    @Test("A code that was taken back is of no use")
    func withdrawn() async throws {
        try await NetworkRig.with { rig in
            let code = try await rig.withCode { _, code, _ in code }
            let refused = await refusal {
                _ = try await CountertopClient.pair(with: rig.address, code: code, client: "kassa/test")
            }
            #expect(refused == "PAIRING_CLOSED")
        }
    }

    @Test("A wrong secret costs an attempt each time, and an address that goes on is held up before the code burns")
    func wrong() async throws {
        try await NetworkRig.with { rig in
            try await rig.withCode { _, code, invitation in
                let wrong = try Guess(code)
                for left in stride(from: 4, through: 1, by: -1) {
                    #expect(await wrong.reason(at: rig) == "PAIRING_PROOF_WRONG")
                    #expect(try await invitation.next()?.event == .attemptsLeft(UInt32(left)))
                }
                #expect(await wrong.reason(at: rig) == "TOO_MANY_ATTEMPTS")
            }
        }
    }

    @Test("A code of another edge says nothing to this one")
    func otherEdge() async throws {
        try await NetworkRig.with { rig in
            try await NetworkRig.with(besides: true) { other in
                try await other.withCode { _, code, _ in
                    let refused = await refusal {
                        _ = try await CountertopClient.pair(with: rig.address, code: code, client: "kassa/test")
                    }
                    #expect(refused == "EDGE_UNTRUSTED")
                }
            }
            #expect(!rig.store.log.text.contains("A till is connected"), "The till said hello to a wrong edge")
        }
    }

    @Test("A certificate of another store is refused with its reason, and its holder refuses this edge first")
    func otherStore() async throws {
        try await NetworkRig.with { rig in
            let mine = try await rig.pair().credentials
            let theirs = try await NetworkRig.with(besides: true) { try await $0.pair().credentials }
            #expect(await refusal { try await rig.withPaired(theirs) { _ in } } == "EDGE_UNTRUSTED")
            let mixed = TillCredentials(
                .init(
                    keyPEM: theirs.contents.keyPEM, certificate: theirs.contents.certificate,
                    authority: mine.contents.authority))
            #expect(
                await refusal { try await rig.withPaired(mixed) { _ = try await $0.health.check() } }
                    == "CERTIFICATE_OF_OTHER_STORE")
        }
    }

    @Test("A till's certificate does not make its holder an edge")
    func tillIsNoEdge() async throws {
        try await NetworkRig.with { rig in
            let credentials = try await rig.pair().credentials
            let refused = try await ImpostorEdge.reason(credentials.contents, trusted: credentials)
            #expect(refused == "EDGE_UNTRUSTED")
        }
    }

    @Test("A stranger may do nothing but pair")
    func stranger() async throws {
        try await NetworkRig.with { rig in
            let authority = try await rig.pair().credentials.contents.authority
            try await Stranger.with(rig.address, authority: authority) { edge in
                #expect(edge.welcome.limits?.frameBytesMax == 4_096)
                #expect(edge.welcome.limits?.streamsMax == 1)
                #expect(edge.welcome.nonce.count == 32)
                #expect(await refusal { _ = try await edge.health.check() } == "IDENTITY_NEEDED")
                #expect(await refusal { _ = try await edge.customers.resolve(code: "x") } == "IDENTITY_NEEDED")
                #expect(await refusal { _ = try await edge.tills.list() } == "IDENTITY_NEEDED")
                #expect(await refusal { _ = try await edge.pairing.renew() } == "IDENTITY_NEEDED")
            }
        }
    }

    @Test("A revoked till's connection ends, and no other comes about")
    func revoked() async throws {
        try await NetworkRig.with { rig in
            let (till, credentials) = try await rig.pair()
            let ended = await refusal {
                try await rig.withPaired(credentials) { edge in
                    try await edge.withLane("1") { lane in
                        var events = lane.makeAsyncIterator()
                        _ = try await events.next()
                        _ = try await rig.store.withTill { try await $0.tills.revoke(till.id) }
                        while try await events.next() != nil {}
                    }
                }
            }
            #expect(ended == "TILL_REVOKED")
            #expect(
                await refusal { try await rig.withPaired(credentials) { _ = try await $0.health.check() } }
                    == "TILL_REVOKED")
            let listed = try await rig.store.withTill { try await $0.tills.list() }
            #expect(listed.map { $0.revokedAtUnixMs > 0 } == [true])
        }
    }

    @Test("The link of a revoked till is told why, and does not try again")
    func revokedLink() async throws {
        try await NetworkRig.with { rig in
            let (till, credentials) = try await rig.pair()
            try await CountertopClient.withLink(
                to: rig.address, credentials: credentials, client: "kassa/test"
            ) { link in
                try await link.withLane("1", tillToken: [1]) { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.next()
                    _ = try await rig.store.withTill { try await $0.tills.revoke(till.id) }
                    #expect(await refusal { while try await events.next() != nil {} } == "TILL_REVOKED")
                    let after = try await events.next()
                    #expect(after == nil)
                }
                #expect(await refusal { _ = try await link.health.check() } == "TILL_REVOKED")
            }
        }
    }

    @Test("A till that renews again and again is told to wait, and others are not")
    func renewsTooOften() async throws {
        try await NetworkRig.with { rig in
            let own = try await rig.pair().credentials
            let other = try await rig.pair().credentials
            try await rig.withPaired(own) { till in
                for _ in 0..<4 { _ = try await till.pairing.renew() }
                let error = await #expect(throws: CountertopError.self) { _ = try await till.pairing.renew() }
                #expect(error?.reason == "TOO_MANY_RENEWALS" && error?.retryAfter == .seconds(60))
            }
            _ = try await rig.withPaired(other) { try await $0.pairing.renew() }
        }
    }

    @Test("A till renews over its connection; the old certificate is good until the new one was used")
    func renewal() async throws {
        try await NetworkRig.with { rig in
            let old = try await rig.pair().credentials
            let new = try await rig.withPaired(old) { try await $0.pairing.renew() }
            #expect(new != old)
            #expect(await refusal { try await rig.withPaired(old) { _ = try await $0.health.check() } } == "")
            #expect(await refusal { try await rig.withPaired(new) { _ = try await $0.health.check() } } == "")
            #expect(
                await refusal { try await rig.withPaired(old) { _ = try await $0.health.check() } }
                    == "CERTIFICATE_SUPERSEDED")
        }
    }

    @Test("Tills and the edge's identity outlive a restart")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        let credentials = try await NetworkRig.with(directory: directory) { try await $0.pair().credentials }
        try await NetworkRig.with(directory: directory) { rig in
            #expect(await refusal { try await rig.withPaired(credentials) { _ = try await $0.health.check() } } == "")
        }
    }

    @Test("A new code takes the place of the one before")
    func replaced() async throws {
        try await NetworkRig.with { rig in
            let (first, ended) = try await rig.withCode { _, code, invitation in
                _ = try await rig.withCode(lane: "2") { _, second, _ in second }
                return (code, await Self.end(of: invitation))
            }
            #expect(ended == "PAIRING_REPLACED")
            let refused = await refusal {
                _ = try await CountertopClient.pair(with: rig.address, code: first, client: "kassa/test")
            }
            #expect(refused == "PAIRING_CLOSED")
        }
    }

    private static func end(of invitation: TillInvitation) async -> String {
        do {
            _ = try await invitation.next()
            return ""
        } catch {
            return error.reason
        }
    }

    @Test("An edge off the network pairs nobody, and says how it would")
    func off() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                #expect(await refusal { _ = try await edge.tills.list() } == "NETWORK_OFF")
            }
        }
    }
}
