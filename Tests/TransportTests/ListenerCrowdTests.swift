import NIOCore
import Testing
import Wire

@testable import Transport

@Suite("A listener and those that crowd its door", .timeLimit(.minutes(1)))
struct ListenerCrowdTests {
    @Test("has the oldest give way that has not said Hello, when all places are taken, and tells it why")
    func noHello() async throws {
        var limits = TransportLimits()
        limits.connectionsMax = 2
        try await EdgeRig.with(limits: limits) { edge in
            let till = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let halfOpen = try await RawPeer.connect(to: edge.address, on: edge.group)
            let newcomer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            #expect(await halfOpen.nextInWords() == "0 status GAVE_WAY")
            #expect(await halfOpen.nextInWords() == "closed")
            for peer in [till, newcomer] {
                try await peer.request(1, "test/Echo", lane: "a")
                #expect(await peer.nextInWords() == "1 message a last")
            }
        }
    }

    @Test("serves each of those that say Hello at once, while many say nothing")
    func crowd() async throws {
        var limits = TransportLimits()
        limits.strangersMax = 8
        limits.connection.helloWait = .seconds(600)
        try await EdgeRig.with(limits: limits) { edge in
            for round in 0..<4 {
                for _ in 0..<20 { _ = try await RawPeer.connect(to: edge.address, on: edge.group) }
                let till = try await RawPeer.greeted(by: edge.address, on: edge.group)
                try await till.request(1, "test/Echo", lane: "\(round)")
                #expect(await till.nextInWords() == "1 message \(round) last")
            }
            #expect(edge.listener.connectionCount <= 4 + limits.strangersMax)
        }
    }

    @Test("serves a newcomer while one address has more at the door than has place there")
    func crowdAtTheDoor() async throws {
        var limits = TransportLimits()
        limits.entries = Allowance.Rate(burst: 1, every: .milliseconds(20))
        limits.doorPlacesMax = 4
        try await EdgeRig.with(limits: limits) { edge in
            for _ in 0..<40 { _ = try await RawPeer.connect(to: edge.address, from: "127.0.0.66", on: edge.group) }
            await edge.waitFor("dropped")
            let till = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await till.request(1, "test/Echo", lane: "a")
            #expect(await till.nextInWords() == "1 message a last")
        }
    }

    @Test("has a source wait that broke too many rules, and then serves it")
    func offenderWaits() async throws {
        var limits = TransportLimits()
        limits.offences = Allowance.Rate(burst: 1, every: .milliseconds(200))
        try await EdgeRig.with(limits: limits) { edge in
            try await Self.offend(edge)
            let began = ContinuousClock.now
            let again = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await again.request(1, "test/Echo", lane: "a")
            #expect(await again.nextInWords() == "1 message a last")
            #expect(.now - began > .milliseconds(1))
        }
    }

    @Test("closes a connection that would have to wait for too long")
    func offenderDropped() async throws {
        var limits = TransportLimits()
        limits.offences = Allowance.Rate(burst: 1, every: .seconds(600))
        try await EdgeRig.with(limits: limits) { edge in
            try await Self.offend(edge)
            let again = try await RawPeer.connect(to: edge.address, on: edge.group)
            #expect(await again.nextInWords() == "closed")
            await edge.waitFor("dropped")
        }
    }

    private static func offend(_ edge: EdgeRig) async throws {
        let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
        try await peer.request(1, "test/Echo")
        #expect(await peer.nextInWords() == "0 status HELLO_FIRST")
        #expect(await peer.nextInWords() == "closed")
    }
}
