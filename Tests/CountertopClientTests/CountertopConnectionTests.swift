import CountertopClient
import Foundation
import Testing
import Transport

@Suite("A till's connection", .timeLimit(.minutes(1)))
struct CountertopConnectionTests {
    @Test("tells who the edge is")
    func welcome() async throws {
        try await EdgeStandIn.with { edge in
            let store = try await CountertopClient.withConnection(to: edge.address, client: "test/1") {
                $0.welcome.store
            }
            #expect(store == "Storgata")
        }
    }

    @Test("works over a Unix socket")
    func unix() async throws {
        let directory = try TemporaryDirectory()
        try await EdgeStandIn.with(address: .unix(path: directory.path + "/edge.sock")) { edge in
            let state = try await CountertopClient.withConnection(to: edge.address, client: "test/1") {
                try await $0.health.check().state
            }
            #expect(state == .serving)
        }
    }

    @Test("makes each call of the .proto files by its name")
    func everyCall() async throws {
        try await EdgeStandIn.with { edge in
            edge.gate.open()
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                #expect(try await connection.customers.resolve(code: "ABC").gtin == "ABC")
                #expect(try await connection.customers.resolve(Identifier(type: .phone)).kind == .customer)
                #expect(try await connection.customers.get(id: "c-1").customer?.id == "c-1")
                _ = try? await connection.customers.search(name: "kari")
                #expect(try await connection.customers.view(id: "c-1").customer?.id == "c-1")
                #expect(try await connection.devices.list().first?.path == "1-4.2")
                #expect(try await connection.health.check().state == .serving)
                try await Self.callLanes(connection)
            }
            // Other services need an edge with an identity, files or a ledger: the edge's own tests make their calls. These
            // have no call with types of their own: whoever wants them makes them by name.
            let named = [
                "Edge/Describe", "Health/Watch", "Devices/Watch", "Devices/Tell", "Devices/Descriptors",
                "Devices/Capture",
            ]
            let byName = named.map { "countertop.v1." + $0 }
            let served = ["Customers", "Devices", "Health", "Lanes"]
            let others = Self.callsOfProtos().filter { call in
                !byName.contains(call) && served.contains { call.hasPrefix("countertop.v1.\($0)/") }
            }
            #expect(Set(edge.calls.events) == others)
        }
    }

    private static func callLanes(_ connection: CountertopConnection) async throws {
        let lanes = connection.lanes
        #expect(try await lanes.list().map(\.name) == ["1"])
        try await lanes.acknowledge(lane: "1", ScanPosition(epoch: 7, sequence: 1))
        #expect(try await lanes.openBasket(lane: "1", basket: "b").state == .open)
        #expect(try await lanes.attachCustomer(lane: "1", basket: "b", customer: "c").customer?.id == "c")
        #expect(try await lanes.detachCustomer(lane: "1", basket: "b").customer == nil)
        let closing = Closing(outcome: .paid, saleId: "s")
        #expect(try await lanes.closeBasket(lane: "1", basket: "b", closing: closing).closing == closing)
        #expect(try await lanes.enter(lane: "1", code: "ABC") == ScanPosition(epoch: 7, sequence: 3))
        #expect(try await lanes.armScanner(lane: "1").armed)
        #expect(try await lanes.disarmScanner(lane: "1").armed == false)
        try await lanes.prompt(lane: "1", .askPhone)
        #expect(try await lanes.show(lane: "1", lines: ["Hei", "Kari"]) == ["Hei", "Kari"])
        #expect(try await connection.history(lane: "1", after: 6, limit: 1).map(\.sequence) == [7])
        try await connection.withLane("1") { _ in }
        // A watch is told to the edge in the order of calls, so a call after it has seen it arrive.
        _ = try await connection.health.check()
    }

    private static func callsOfProtos() -> Set<String> {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Protos/countertop/v1")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        var calls: Set<String> = []
        for file in files {
            var service = ""
            for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n") {
                let words = line.split(whereSeparator: { " (".contains($0) })
                if words.first == "service", words.count > 1 { service = String(words[1]) }
                if words.first == "rpc", words.count > 1 { calls.insert("countertop.v1.\(service)/\(words[1])") }
            }
        }
        return calls
    }

    @Test("throws the edge's refusal with its reason")
    func refusal() async throws {
        try await EdgeStandIn.with { edge in
            let error = await #expect(throws: CountertopError.self) {
                try await CountertopClient.withConnection(to: edge.address, client: "test/1") {
                    try await $0.customers.search(name: "kari")
                }
            }
            let expected = CountertopError(
                .permissionDenied, reason: "SEARCH_REFUSED", message: "Not by this till.")
            #expect(error == expected)
        }
    }

    @Test("says UNAVAILABLE where nobody listens")
    func nobodyListens() async throws {
        let gone = try await EdgeStandIn.with { $0.address }
        let error = await #expect(throws: CountertopError.self) {
            try await CountertopClient.withConnection(to: gone, client: "test/1") { _ in }
        }
        #expect(error?.code == .unavailable)
        #expect(error?.reason == "CONNECT_FAILED")
        #expect(error?.message.contains("Connection refused") == true)
    }

    @Test("tells when edge and till have no version in common")
    func version() async throws {
        try await EdgeStandIn.with(versions: 2...3) { edge in
            let error = await #expect(throws: CountertopError.self) {
                try await CountertopClient.withConnection(to: edge.address, client: "test/1") { _ in }
            }
            #expect(error?.reason == "VERSION_UNSUPPORTED")
        }
    }

    @Test("ends a call whose deadline passes, on both sides")
    func deadline() async throws {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                let error = await #expect(throws: CountertopError.self) {
                    try await connection.customers.get(id: "c-1", deadline: .milliseconds(10))
                }
                #expect(error?.code == .deadlineExceeded)
                await edge.happenings.waitFor("cancelled")
                let state = try await connection.health.check().state
                #expect(state == .serving)
            }
        }
    }

    @Test("cancels a call on the edge when its task is cancelled")
    func cancel() async throws {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                let task = Task { try await connection.customers.get(id: "c-1") }
                await edge.calls.waitFor("countertop.v1.Customers/Get")
                task.cancel()
                let error = await #expect(throws: CountertopError.self) { try await task.value }
                #expect(error?.code == .cancelled)
                await edge.happenings.waitFor("cancelled")
                let state = try await connection.health.check().state
                #expect(state == .serving)
            }
        }
    }

    @Test("makes no call at all in a task that is cancelled already")
    func cancelledBefore() async throws {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                let begun = Gate()
                let task = Task {
                    _ = await begun.pass()
                    return try await connection.customers.get(id: "c-1")
                }
                task.cancel()
                let error = await #expect(throws: CountertopError.self) { try await task.value }
                #expect(error?.code == .cancelled)
                _ = try await connection.health.check()
                #expect(edge.calls.events == ["countertop.v1.Health/Check"])
            }
        }
    }

    @Test("ends all pending calls when the connection is lost, and refuses new ones")
    func connectionLost() async throws {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                let tasks = (0..<3).map { index in Task { try await connection.customers.get(id: "c-\(index)") } }
                await edge.calls.waitForCount(3)
                await edge.listener.close()
                for task in tasks {
                    let error = await #expect(throws: CountertopError.self) { try await task.value }
                    #expect(error?.code == .unavailable)
                    #expect(error?.isUnserved == false)
                }
                let late = await #expect(throws: CountertopError.self) { try await connection.health.check() }
                #expect(late?.reason == "CONNECTION_LOST")
                #expect(late?.isUnserved == true)
            }
        }
    }

    @Test("tells which calls an edge that leaves has not begun")
    func goodbye() async throws {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                let task = Task { try await connection.customers.get(id: "c-1") }
                await edge.calls.waitFor("countertop.v1.Customers/Get")
                async let drained: Void = edge.listener.drain()
                try await connection.refusesCalls()
                edge.gate.open()
                #expect(try await task.value.customer?.id == "c-1")
                await drained
            }
        }
    }

    @Test("has many calls answered at once")
    func manyCalls() async throws {
        try await EdgeStandIn.with { edge in
            edge.gate.open()
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for index in 0..<500 {
                        group.addTask { try await connection.customers.get(id: "\(index)").customer?.id == "\(index)" }
                    }
                    for try await isRight in group { #expect(isRight) }
                }
            }
        }
    }

    @Test("says goodbye when its scope ends")
    func leaving() async throws {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { _ in }
            await edge.happenings.waitFor("closed CLIENT_LEFT")
        }
    }
}

extension CountertopConnection {
    /// Calls until the edge's goodbye has come, after which calls are refused as surely not begun. By then the connection may
    /// be closed as well.
    func refusesCalls() async throws {
        while true {
            do throws(CountertopError) {
                _ = try await health.check()
            } catch {
                if error.isUnserved { return }
                #expect(error.reason == "SHUTTING_DOWN")
            }
        }
    }
}
