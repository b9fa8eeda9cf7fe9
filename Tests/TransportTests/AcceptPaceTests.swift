import NIOCore
import NIOEmbedded
import Testing
import Wire

@testable import Transport

@Suite struct AcceptPaceTests {
    private static let slow = Allowance.Rate(burst: 2, every: .seconds(600))
    private static let quick = Allowance.Rate(burst: 1_000, every: .milliseconds(1))

    /// A listening socket, and what becomes of those who connect to it.
    private final class Door {
        let socket = EmbeddedChannel(handlers: [])
        let reads = ReadCounter()
        let entries = Entries()
        var dropped: [String] = []
        var banned: Set<String> = []

        init(taking: Allowance.Rate = quick, lettingIn: Allowance.Rate = quick, placesMax: Int = 8) throws {
            let pace = AcceptPace(
                AcceptPace.Rates(taking: taking, lettingIn: lettingIn, placesMax: placesMax), on: socket.eventLoop,
                mayCome: { [unowned self] in !banned.contains($0) },
                drop: { [unowned self] in dropped.append($0.remoteAddress?.ipAddress ?? "") })
            try socket.pipeline.syncOperations.addHandlers([reads, pace, entries])
        }

        func knock(_ address: String) throws {
            let channel = EmbeddedChannel()
            channel.remoteAddress = try SocketAddress(ipAddress: address, port: 4_711)
            socket.pipeline.fireChannelRead(channel as any Channel)
        }
    }

    @Test("So many connections are taken one after the other, and the next one an interval later")
    func taking() throws {
        let door = try Door(taking: Self.slow)
        for _ in 0..<2 {
            door.socket.pipeline.read()
            try door.knock("192.0.2.1")
        }
        #expect(door.reads.count == 2)
        door.socket.pipeline.read()
        door.socket.pipeline.read()
        #expect(door.reads.count == 2)
        door.socket.embeddedEventLoop.advanceTime(by: .seconds(600))
        #expect(door.reads.count == 3)
    }

    @Test("Those who wait are let in at the pace, the addresses in turn, and the kernel's backlog is emptied meanwhile")
    func lettingIn() throws {
        let door = try Door(lettingIn: Self.slow)
        for _ in 0..<6 { try door.knock("192.0.2.66") }
        try door.knock("192.0.2.1")
        door.socket.pipeline.read()
        #expect(door.reads.count == 1)
        #expect(door.entries.addresses == ["192.0.2.66", "192.0.2.66"])
        for _ in 0..<3 { door.socket.embeddedEventLoop.advanceTime(by: .seconds(600)) }
        #expect(door.entries.addresses.suffix(3) == ["192.0.2.66", "192.0.2.1", "192.0.2.66"])
    }

    @Test("One of an address that comes too often is closed before it takes a place or a turn")
    func banned() throws {
        let door = try Door(lettingIn: Self.slow, placesMax: 1)
        door.banned = ["192.0.2.66"]
        for _ in 0..<100 { try door.knock("192.0.2.66") }
        try door.knock("192.0.2.1")
        #expect(door.entries.addresses == ["192.0.2.1"])
        #expect(door.dropped == Array(repeating: "192.0.2.66", count: 100))
    }

    @Test("A listener that has closed reads no more, and lets nobody in")
    func closed() throws {
        let door = try Door(taking: Allowance.Rate(burst: 0, every: .seconds(600)), lettingIn: Self.slow)
        for _ in 0..<3 { try door.knock("192.0.2.1") }
        door.socket.pipeline.read()
        _ = try door.socket.finish(acceptAlreadyClosed: true)
        door.socket.embeddedEventLoop.advanceTime(by: .seconds(600))
        #expect(door.reads.count == 0 && door.entries.addresses.count == 2)
    }
}

@Suite struct DoorQueueTests {
    @Test("Each source has its turn, however many another sends")
    func turns() {
        var queue = DoorQueue<Int>(placesMax: 8)
        for number in 1...3 { _ = queue.enter(number, from: "crowd") }
        _ = queue.enter(10, from: "till")
        _ = queue.enter(20, from: "other")
        let order = (0..<6).map { _ in queue.next() }
        #expect(order == [1, 10, 20, 2, 3, nil])
    }

    @Test("Where there is no place, the last goes of whoever has most")
    func full() {
        var queue = DoorQueue<Int>(placesMax: 3)
        for number in 1...3 { _ = queue.enter(number, from: "crowd") }
        let own = queue.enter(4, from: "crowd")
        let others = queue.enter(10, from: "till")
        #expect(own == 4 && others == 3)
        let last = queue.enter(20, from: "till")
        #expect(last == 20, "two and one: it would have as many as the crowd")
        #expect(queue.count == 3)
        let order = (0..<4).map { _ in queue.next() }
        #expect(order == [1, 10, 2, nil])
        #expect(queue.isEmpty)
    }
}

@Suite struct SourceAddressTests {
    @Test(
        "An IPv6 network is one source, and an IPv4 address is itself however it comes",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
            ("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"), ("2001:db8:0:2::1", "2001:db8:0:2::/64"),
            ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::1", "0:0:0:0::/64"), ("", ""),
        ])
    func keys(address: String, key: String) {
        #expect(SourceAddress.key(address) == key)
    }

    @Test("Those who change their address within their network stay one source: for handshakes and in the waiting room")
    func sameNetwork() throws {
        var limits = TransportLimits()
        limits.handshakes = Allowance.Rate(burst: 2, every: .seconds(600))
        limits.strangersMax = 3
        let connections = OpenConnections(limits)
        let begun = (1...3).map { host in
            connections.mayBeginHandshake(from: SourceAddress.key("2001:db8::\(host)"))
        }
        #expect(begun == [true, true, false])
        // A till waits, and then a host comes again and again: it pushes out its own.
        let till = try Self.admit("2001:db8:0:7::1", to: connections)
        let crowd = try (1...6).map { try Self.admit("2001:db8::\($0)", to: connections) }
        #expect(till.isActive && crowd.filter(\.isActive).count == 2)
    }

    private static func admit(_ address: String, to connections: OpenConnections) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: Leaver())
        try channel.connect(to: SocketAddress(ipAddress: address, port: 4_711)).wait()
        channel.remoteAddress = try SocketAddress(ipAddress: address, port: 4_711)
        _ = connections.admit(channel, until: channel.eventLoop.makeSucceededVoidFuture())
        return channel
    }
}

/// Closes its channel when it is asked to give way.
private final class Leaver: ChannelInboundHandler {
    typealias InboundIn = Never

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ListenerEvent.giveWay? = event as? ListenerEvent { context.close(promise: nil) }
    }
}

/// Counts the reads that reach the socket.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = Never

    private(set) var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}

/// Notes who was let in.
private final class Entries: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private(set) var addresses: [String] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        addresses.append(unwrapInboundIn(data).remoteAddress?.ipAddress ?? "")
    }
}
