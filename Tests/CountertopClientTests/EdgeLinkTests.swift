import CountertopClient
import Testing
import Transport
import Wire

@Suite("A till's link", .timeLimit(.minutes(1)))
struct EdgeLinkTests {
    private let directory: TemporaryDirectory
    private let rig: LinkRig

    init() throws {
        directory = try TemporaryDirectory()
        rig = LinkRig(in: directory)
    }

    @Test("waits for an edge that is not there, longer each time, each wait a random part of its bound")
    func backOff() async throws {
        let rig = rig
        try await rig.withLink(heldFrom: 9) { link in
            let check = Task { try await link.health.check(deadline: .seconds(50)).state }
            await rig.waits.waitForCount(9)
            try await rig.withEdge { _ in
                rig.gate.open()
                let state = try await check.value
                #expect(state == .serving)
            }
        }
        var numbers = SeededNumbers(seed: LinkRig.seed)
        let bounds: [Duration] = [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000].map { .milliseconds($0) }
        let expected = bounds.map { $0 * (0.5 + 0.5 * numbers.next()) }
        #expect(rig.waits.events == expected, "seed \(LinkRig.seed)")
        #expect(Set(expected).count == expected.count)
    }

    @Test("begins with short waits again when an edge has answered")
    func shortAgain() async throws {
        let rig = rig
        try await rig.withLink(heldFrom: 3) { link in
            let check = Task { try await link.health.check(deadline: .seconds(50)).state }
            await rig.waits.waitForCount(3)
            try await rig.withEdge { _ in
                rig.gate.open()
                _ = try await check.value
            }
            try await rig.withEdge { _ in _ = try await link.health.check() }
        }
        // The first attempt after a connection that was good is made at once.
        #expect(rig.waits.events.count == 3)
    }

    @Test("makes a call again whose connection was lost, when it changes nothing")
    func repeats() async throws {
        let rig = rig
        try await rig.withLink { link in
            let get = try await rig.withEdge { edge in
                let get = Task { try await link.customers.get(id: "c-1", deadline: .seconds(50)) }
                await edge.calls.waitFor("countertop.v1.Customers/Get")
                return get
            }
            try await rig.withEdge { edge in
                edge.gate.open()
                let customer = try await get.value.customer
                #expect(customer?.id == "c-1")
                #expect(edge.calls.events == ["countertop.v1.Customers/Get"])
            }
        }
    }

    @Test("makes a change again under the operation id it had")
    func operation() async throws {
        let rig = rig
        let id = OperationID(bytes: [4, 7, 1, 1])
        try await rig.withLink { link in
            let open = try await rig.withEdge { edge in
                let open = Task {
                    try await link.lanes.openBasket(
                        lane: "1", basket: EdgeStandIn.heldBasket, operation: id, deadline: .seconds(50))
                }
                await edge.operations.waitFor(id.bytes)
                return open
            }
            try await rig.withEdge { edge in
                edge.gate.open()
                let basket = try await open.value
                #expect(basket.state == .open)
                #expect(edge.operations.events == [id.bytes])
            }
        }
    }

    @Test("says OUTCOME_UNKNOWN with the operation id when the edge does not come back in time")
    func outcomeUnknown() async throws {
        let rig = rig
        let id = OperationID(bytes: [4, 7, 1, 1])
        try await rig.withLink(heldFrom: 1) { link in
            let open = try await rig.withEdge { edge in
                let open = Task {
                    try await link.lanes.openBasket(
                        lane: "1", basket: EdgeStandIn.heldBasket, operation: id, deadline: .seconds(3))
                }
                await edge.operations.waitFor(id.bytes)
                return open
            }
            let error = await #expect(throws: CountertopError.self) { try await open.value }
            #expect(error?.reason == "OUTCOME_UNKNOWN")
            #expect(error?.operation == id)
        }
    }

    /// A change whose connection was lost after it was sent, and how its link's call ends.
    private func changeOfUnknownOutcome(
        then end: (LinkRig, Task<Basket, any Error>) async throws -> Void
    ) async throws -> CountertopError? {
        let rig = rig
        let id = OperationID(bytes: [4, 7, 1, 1])
        return try await rig.withLink(heldFrom: 1) { link in
            let open = try await rig.withEdge { edge in
                let open = Task {
                    try await link.lanes.openBasket(
                        lane: "1", basket: EdgeStandIn.heldBasket, operation: id, deadline: .seconds(50))
                }
                await edge.operations.waitFor(id.bytes)
                return open
            }
            try await end(rig, open)
            let error = await #expect(throws: CountertopError.self) { try await open.value }
            #expect(error?.operation == id)
            return error
        }
    }

    @Test("says OUTCOME_UNKNOWN, and not that nothing happened, when the task is cancelled before the edge is back")
    func cancelledMeanwhile() async throws {
        let error = try await changeOfUnknownOutcome { rig, open in
            await rig.waits.waitForCount(1)
            open.cancel()
        }
        #expect(error?.reason == "OUTCOME_UNKNOWN" && error?.isUnserved == false)
    }

    @Test("says OUTCOME_UNKNOWN when a later attempt is refused, and how that one ended")
    func refusedLater() async throws {
        let error = try await changeOfUnknownOutcome { rig, open in
            await rig.waits.waitForCount(1)
            try await rig.withEdge(refusing: "JOURNAL_UNREADABLE") { _ in
                rig.gate.open()
                _ = await open.result
            }
        }
        #expect(error?.reason == "OUTCOME_UNKNOWN")
        #expect(error?.message.contains("JOURNAL_UNREADABLE") == true)
    }

    @Test(
        "takes for a lost connection what passes by itself, and nothing that only a person can mend",
        arguments: [
            ("GAVE_WAY", true), ("HELLO_LATE", true), ("IDENTITY_LATE", true), ("SHUTTING_DOWN", true),
            ("LANE_HELD", false), ("TILL_REVOKED", false), ("VERSION_UNSUPPORTED", false),
        ])
    func lostConnections(reason: String, isLost: Bool) throws {
        #expect(CountertopError(.unavailable, reason: reason, message: "").isConnectionLost == isLost)
    }

    @Test("makes the calls of every group that a till has, streams included")
    func groups() async throws {
        let rig = rig
        try await rig.withLink { link in
            try await rig.withEdge { edge in
                #expect(try await link.describe().edge == "countertop/test")
                #expect(try await link.history(lane: "1", after: 41).map(\.sequence) == [42])
                let states = try await link.health.withWatch { answers in
                    var states: [ServingState] = []
                    for try await answer in answers { states.append(answer.state) }
                    return states
                }
                #expect(states == [.degraded, .serving])
                let first = try await link.withStream(
                    "countertop.v1.Health/Watch", HealthRequest(), of: HealthAnswer.self
                ) { answers in
                    var answers = answers.makeAsyncIterator()
                    return try await answers.next()
                }
                #expect(first?.state == .degraded)
                for call in [
                    { _ = try await link.benefits.list(customer: "c-1") },
                    { _ = try await link.cards.list(customer: "c-1") },
                    { _ = try await link.changes.get(1) },
                    { _ = try await link.enrolments.cancel(lane: "1", enrolment: "e") },
                ] as [() async throws -> Void] {
                    let error = await #expect(throws: CountertopError.self) { try await call() }
                    #expect(error?.reason == "CALL_UNKNOWN", "the stand-in has no such call")
                }
                #expect(edge.calls.events.contains("countertop.v1.Edge/Describe"))
            }
        }
    }

    @Test("leaves an edge that said goodbye to what is under way there, and makes new calls on the next connection")
    func goodbye() async throws {
        let rig = rig
        try await rig.withLink { link in
            try await rig.withEdge { leaving in
                let get = Task { try await link.customers.get(id: "c-1", deadline: .seconds(50)) }
                await leaving.calls.waitFor("countertop.v1.Customers/Get")
                let before = leaving.calls.events.count
                try await CountertopClient.withConnection(to: rig.address, client: "test/1") { other in
                    async let drained: Void = leaving.listener.drain()
                    // The edge has given up its address when it says goodbye.
                    try await other.refusesCalls()
                    let told = leaving.calls.events.count
                    try await rig.withEdge { next in
                        let state = try await link.health.check(deadline: .seconds(50)).state
                        #expect(state == .serving)
                        leaving.gate.open()
                        let customer = try await get.value.customer
                        #expect(customer?.id == "c-1")
                        #expect(next.calls.events == ["countertop.v1.Health/Check"])
                    }
                    await drained
                    #expect(leaving.calls.events.count == told)
                }
                #expect(before == 1)
            }
        }
        #expect(rig.waits.events.count <= 1, "The link knocked again and again at an edge that leaves")
    }

    @Test("ends what waits for an edge when its scope ends")
    func scope() async throws {
        let rig = rig
        let check = try await rig.withLink(heldFrom: 1) { link in
            let check = Task { try await link.health.check(deadline: .seconds(50)) }
            await rig.waits.waitForCount(1)
            return check
        }
        let error = await #expect(throws: CountertopError.self) { try await check.value }
        #expect(error?.code == .cancelled)
    }
}
