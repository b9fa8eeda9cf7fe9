import CountertopClient
import Credentials
import Customers
import Devices
import Foundation
import Testing
import Wire

@testable import Edge

@Suite struct WebSocketTests {
    private static let origins = [BrowserPeer.origin, "http://localhost:8000"]

    private static func withPage(_ body: (NetworkRig, BrowserPage) async throws -> Void) async throws {
        try await NetworkRig.with(origins: origins) { rig in
            let page = try BrowserPage(rig)
            try await rig.withCode { _, code, _ in try await page.pair(code: code) }
            try await body(rig, page)
        }
    }

    /// - Parameter body: connects as often as it likes.
    private static func withBrowser(
        _ body: (NetworkRig, () async throws -> BrowserPeer) async throws -> Void
    ) async throws {
        try await NetworkRig.with(origins: origins) { rig in
            let (address, authority) = (try rig.browserAddress, try rig.authority)
            try await body(rig) { try await BrowserPeer.connect(to: address, authority: authority) }
        }
    }

    @Test("A page pairs a key, proves itself, and watches its lane, each byte a message of its own")
    func pairs() async throws {
        try await Self.withPage { rig, page in
            #expect(page.till.browser)
            #expect(page.till.lane == "1")
            let peer = try await page.proved()
            let watch = WatchLaneRequest(lane: "1", role: .till, tillToken: [1])
            let request = Request(call: "countertop.v1.Lanes/Watch", body: watch.packed())
            try await peer.send(.request(request), on: 3, isScattered: true)
            guard case .lane(let lane)? = try await Self.nextEvent(peer) else {
                Issue.record("no lane")
                return
            }
            #expect(lane.name == "1")
            _ = try rig.store.scanner().scan(Array(SampleStore.kariCard.utf8), aim: "]Q1")
            var customer: String?
            while customer == nil, let event = try await Self.nextEvent(peer) {
                if case .scan(let scan) = event { customer = scan.resolution?.customer?.name ?? "nobody" }
            }
            #expect(customer == "Kari Nordås")
            let listed = try await rig.store.withTill { try await $0.tills.list() }
            #expect(listed.map(\.browser) == [true])
            #expect(listed.map(\.connections) == [1])
        }
    }

    private static func nextEvent(_ peer: BrowserPeer) async throws -> LaneEvent.Event? {
        guard case .message(let message)? = try await peer.next()?.kind else { return nil }
        return try LaneEvent(packed: message.body).event
    }

    @Test("A page of another origin, or of none, is told 403 and what to do, and the log says so")
    func origins() async throws {
        try await Self.withBrowser { rig, connect in
            for origin in ["https://evil.example", "\(BrowserPeer.origin).evil.example", "null", nil] {
                let answer = try await connect().ask(origin: origin)
                #expect(answer.hasPrefix("HTTP/1.1 403 "), "\(answer)")
                #expect(answer.contains("Add it to network.origins"))
                #expect(!answer.contains("evil"))
            }
            #expect(rig.store.log.text.contains("HTTP 403"))
        }
    }

    @Test("Another path is told 404, and what is no WebSocket what to ask for")
    func paths() async throws {
        try await Self.withBrowser { _, connect in
            let answer = try await connect().ask(path: "/")
            #expect(answer.hasPrefix("HTTP/1.1 404 ") && answer.contains("/v1"), "\(answer)")
            for upgrade in [nil, "h2c"] {
                let answer = try await connect().ask(upgrade: upgrade)
                #expect(answer.hasPrefix("HTTP/1.1 426 ") && answer.contains("upgrade: websocket"), "\(answer)")
            }
        }
    }

    @Test("Each origin of the list may connect")
    func allowed() async throws {
        try await Self.withBrowser { _, connect in
            for origin in Self.origins {
                let answer = try await connect().ask(origin: origin)
                #expect(answer.hasPrefix("HTTP/1.1 101 "), "\(answer)")
            }
        }
    }

    @Test("A message of text, a frame without a mask and one that is too long end the connection with their codes")
    func wrongFrames() async throws {
        let tooLong: [UInt8] = [0x82, 0xff, 0, 0, 0, 0, 0, 1, 0x20, 1, 1, 2, 3, 4]
        let wrong: [(bytes: [UInt8], code: [UInt8])] = [
            (BrowserPeer.packed(.text, Array("hei".utf8)), [3, 235]),
            (BrowserPeer.packed(.binary, [0], isMasked: false), [3, 234]),
            (tooLong, [3, 241]),
        ]
        try await Self.withBrowser { _, connect in
            for (bytes, code) in wrong {
                let peer = try await connect()
                _ = try await peer.ask()
                try await peer.send(bytes: bytes)
                let last = await peer.nextMessage()
                #expect(last?.0 == .close)
                #expect(last?.1.prefix(2) == code[...])
                #expect(await peer.nextMessage() == nil)
            }
        }
    }

    @Test("A ping is answered, a message in fragments is one, and a close is answered by one")
    func control() async throws {
        try await Self.withBrowser { _, connect in
            let peer = try await connect()
            _ = try await peer.ask()
            try await peer.send(.ping, [7, 8])
            let pong = await peer.nextMessage()
            #expect(pong?.0 == .pong)
            #expect(pong?.1 == [7, 8])
            let hello = PackedFrame(Frame(kind: .hello(Hello(versionMin: 1, versionMax: 1)))).bytes
            try await peer.send(.binary, Array(hello.prefix(3)), isLast: false)
            try await peer.send(.continuation, Array(hello.dropFirst(3)))
            guard case .welcome? = try await peer.next()?.kind else {
                Issue.record("no welcome")
                return
            }
            try await peer.send(.close, [3, 232])
            #expect(await peer.nextMessage()?.0 == .close)
            #expect(await peer.nextMessage() == nil)
        }
    }

    @Test("A signature is good for its connection alone, and by its key alone")
    func signatures() async throws {
        try await Self.withPage { rig, page in
            let (first, nonce) = try await page.greeted()
            let proof = try page.proof(nonce)
            let second = try await page.greeted().peer
            #expect(try await BrowserPage.prove(proof, on: second) == .failure(RigRefusal(reason: "TILL_UNPROVEN")))
            var changed = proof
            changed.signature[5] ^= 1
            #expect(try await BrowserPage.prove(changed, on: first) == .failure(RigRefusal(reason: "TILL_UNPROVEN")))
            let health = try await BrowserPage.call("countertop.v1.Health/Check", [], stream: 3, on: first)
            #expect(health == .failure(RigRefusal(reason: "IDENTITY_NEEDED")))
        }
    }

    @Test("A revoked page's connection ends with the reason, and its key proves nothing any more")
    func revoked() async throws {
        try await Self.withPage { rig, page in
            let peer = try await page.proved()
            _ = try await rig.store.withTill { try await $0.tills.revoke(page.till.id) }
            var reasons: [String] = []
            while let frame = try await peer.next() {
                if case .status(let status) = frame.kind { reasons.append(status.reason) }
            }
            #expect(reasons == ["TILL_REVOKED"])
            let (again, nonce) = try await page.greeted()
            let refused = try await BrowserPage.prove(try page.proof(nonce), on: again)
            #expect(refused == .failure(RigRefusal(reason: "TILL_UNPROVEN")))
        }
    }

    @Test("A page's key is known after a restart")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        var till: BrowserPage?
        try await NetworkRig.with(directory: directory, origins: Self.origins) { rig in
            let page = try BrowserPage(rig)
            try await rig.withCode { _, code, _ in try await page.pair(code: code) }
            till = page
        }
        try await NetworkRig.with(directory: directory, origins: Self.origins) { rig in
            let peer = try await till?.moved(to: rig).proved()
            #expect(peer != nil)
        }
    }
}
