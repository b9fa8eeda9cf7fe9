import Synchronization
import Testing

@testable import Systems

@Suite struct TokenKeeperTests {
    /// Gives tokens with numbers, each good for 100 s.
    private final class Issuer: Sendable {
        let count = Mutex(0)
        let uptime = Mutex(Duration.zero)

        func keeper() -> TokenKeeper {
            TokenKeeper(
                uptime: { [self] in uptime.withLock { $0 } },
                fetch: { [self] () async throws(SystemsError) in
                    await Task.yield()
                    let number = count.withLock { count in
                        count += 1
                        return count
                    }
                    if number == 3 { throw SystemsError(.unavailable, "away") }
                    return AccessToken(Secret("t\(number)"), life: .seconds(100))
                })
        }
    }

    @Test("However many need a token, one is asked for; it is renewed before its end")
    func oneFlight() async throws {
        let issuer = Issuer()
        let keeper = issuer.keeper()
        let tokens = try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { try await keeper.token().text } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["t1"])
        issuer.uptime.withLock { $0 = .seconds(89) }
        #expect(try await keeper.token().text == "t1")
        issuer.uptime.withLock { $0 = .seconds(91) }
        #expect(try await keeper.token().text == "t2")
    }

    @Test("A token that was refused is asked for anew, and a failure is no token")
    func drop() async throws {
        let keeper = Issuer().keeper()
        let first = try await keeper.token()
        keeper.drop(first)
        let second = try await keeper.token()
        #expect(second.text == "t2")
        keeper.drop(first)
        #expect(try await keeper.token() == second)
        keeper.drop(second)
        await #expect(throws: SystemsError.self) { try await keeper.token() }
        #expect(try await keeper.token().text == "t4")
    }

    @Test("A secret is shown by nobody")
    func secret() {
        #expect("\(Secret("abc"))" == "(secret)")
        #expect(!String(reflecting: AccessToken(Secret("abc"), life: .zero)).contains("abc"))
    }
}
