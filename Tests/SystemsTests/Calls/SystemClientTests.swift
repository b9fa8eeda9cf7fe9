import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct SystemClientTests {
    private func get(_ bench: SystemBench, retries: Int = 0, deadline: Duration = .seconds(20)) -> SystemCall {
        SystemCall(
            .get, bench.server.base + "/customer/v1-ext/customers", deadline: deadline, retriesMax: retries,
            answerBytesMax: 1_000_000)
    }

    private func post(_ bench: SystemBench, retries: Int = 0) -> SystemCall {
        var call = SystemCall(
            .post, bench.server.base + "/connect/token", deadline: .seconds(20), retriesMax: retries)
        call.setForm([
            ("client_id", "nordmat"), ("client_secret", "s3cret"), ("grant_type", "client_credentials"),
            ("scope", "customer-api"),
        ])
        return call
    }

    @Test(
        "What a system does wrong is told by its kind, and nothing of a stranger's text is in it",
        arguments: [
            ("status:500", SystemsError.Code.unavailable), ("status:401", .refused), ("status:404", .refused),
            ("other_shape:403", .refused), ("redirect", .refused), ("later:429,7", .throttled),
            ("later:503,7", .throttled), ("half", .unavailable), ("hang", .unavailable), ("huge", .broken),
        ])
    func misdeeds(_ misdeed: String, _ code: SystemsError.Code) async throws {
        let bench = try await SystemBench("solteq")
        try await bench.server.misbehave(misdeed)
        let client = try bench.client()
        let error = await #expect(throws: SystemsError.self) { try await client.send(get(bench)) }
        #expect(error?.code == code)
        #expect(error?.description.contains("Nordmann") == false && error?.description.contains("127.0.0.1") == false)
        if misdeed.contains(",7") { #expect(error?.retryAfter == .seconds(7)) }
        #expect(client.status.failure == error?.message)
    }

    @Test("What is no JSON is broken, and no answer is waited for beyond the deadline")
    func garbage() async throws {
        let bench = try await SystemBench("solteq")
        try await bench.server.misbehave("garbage", "slow:30")
        let client = try bench.client()
        let reply = try await client.send(get(bench))
        let error = #expect(throws: SystemsError.self) { try reply.json() }
        #expect(error?.code == .broken)
        let begin = ContinuousClock.now
        let late = await #expect(throws: SystemsError.self) {
            try await client.send(get(bench, deadline: .milliseconds(300)))
        }
        #expect(late?.code == .unavailable)
        #expect(begin.duration(to: .now) < .seconds(20))
    }

    @Test("A call that is safe is made again within its deadline, and one that changes something never is")
    func retries() async throws {
        let bench = try await SystemBench("solteq")
        let client = try bench.client()
        try await bench.server.misbehave("status:503", "hang", "garbage")
        _ = try await client.send(get(bench, retries: 2))
        #expect(try await bench.server.requests().count == 3)
        try await bench.server.misbehave("after:hang")
        let call = post(bench, retries: 2)
        let error = await #expect(throws: SystemsError.self) { try await client.send(call) }
        #expect(error?.code == .outcomeUnknown)
        #expect(try await bench.server.requests().count == 4)
    }

    @Test(
        "Whether a change was made is unknown when the answer is lost, and known when nothing was sent",
        arguments: [
            ("hang", SystemsError.Code.outcomeUnknown), ("status:500", .outcomeUnknown), ("status:503", .unavailable),
        ])
    func outcome(_ misdeed: String, _ code: SystemsError.Code) async throws {
        let bench = try await SystemBench("solteq")
        try await bench.server.misbehave(misdeed)
        let client = try bench.client()
        let error = await #expect(throws: SystemsError.self) { try await client.send(post(bench)) }
        #expect(error?.code == code)
        let nobody = SystemCall(.post, "http://127.0.0.1:1/")
        let refused = await #expect(throws: SystemsError.self) { try await client.send(nobody) }
        #expect(refused?.code == .unavailable)
    }

    @Test("A system without a certificate that is known is not talked to")
    func tls() async throws {
        let bench = try await SystemBench("solteq", tls: true)
        let client = try bench.client()
        let error = await #expect(throws: SystemsError.self) { try await client.send(post(bench)) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("cannot prove who it is") == true)
    }

    @Test("A system that is down is left alone, and asked again after its pause")
    func circuit() async throws {
        let bench = try await SystemBench("solteq")
        let client = try bench.client()
        try await bench.server.setDown(true)
        for _ in 1...5 {
            await #expect(throws: SystemsError.self) { try await client.send(get(bench)) }
        }
        try await bench.server.setDown(false)
        let error = await #expect(throws: SystemsError.self) { try await client.send(get(bench)) }
        #expect(error?.retryAfter != nil)
        #expect(client.status.leftAloneUntil != nil && client.status.failures == 5)
        #expect(try await bench.server.requests().isEmpty)
        bench.clock.pass(.seconds(6))
        try await bench.server.misbehave("shape")
        _ = try await client.send(get(bench))
        #expect(client.status.leftAloneUntil == nil && client.status.failure.isEmpty)
    }
}
