import Foundation
import TestServers
import Testing

@testable import Systems

@Suite struct VippsCodesTests {
    private static let token = "https://qr.vipps.no/p/abcDEF123"
    private static let clear = "https://qr.vipps.no/28/2/01/031/4741234567?v=1"

    private func bench(_ change: [String: SystemSettings.Value] = [:]) async throws -> VippsBench {
        let bench = try await VippsBench(change)
        try await bench.bench.server.setState(["codes": [Self.token: "4741234567", Self.clear: "4741234567"]])
        return bench
    }

    @Test("A personal code of either kind is exchanged for its number, word for word, with one token for many")
    func exchange() async throws {
        let bench = try await bench()
        let codes = bench.connector.codes
        try await withThrowingTaskGroup(of: PersonalCodeAnswer.self) { group in
            for code in [Self.token, Self.clear, Self.token, Self.token] {
                group.addTask { try await codes.exchange(Array(code.utf8)) }
            }
            for try await found in group { #expect(found == .phone("+4741234567")) }
        }
        let books = try await bench.books
        #expect(books.tokens.count == 1)
        #expect(books.exchanges.sorted() == [Self.clear, Self.token, Self.token, Self.token].sorted())
    }

    @Test("A token is renewed before its end, and when the system does not take it any more")
    func tokens() async throws {
        let bench = try await bench()
        _ = try await bench.connector.codes.exchange(Array(Self.token.utf8))
        bench.bench.clock.pass(.seconds(3_545))
        _ = try await bench.connector.codes.exchange(Array(Self.token.utf8))
        #expect(try await bench.books.tokens.count == 2)
        try await bench.bench.server.misbehave("status:401")
        #expect(try await bench.connector.codes.exchange(Array(Self.token.utf8)) == .phone("+4741234567"))
        #expect(try await bench.books.tokens.count == 3)
    }

    @Test("A code that the system does not know is said so, and one that is too old where the store wants it")
    func notRecognised() async throws {
        let bench = try await bench(["code_seconds": .integer(60)])
        #expect(try await bench.connector.codes.exchange(Array("https://qr.vipps.no/p/gone".utf8)) == .notRecognised)
        #expect(try await bench.connector.codes.exchange(Array(Self.token.utf8)) == .phone("+4741234567"))
        bench.bench.clock.pass(.seconds(61))
        #expect(try await bench.connector.codes.exchange(Array(Self.token.utf8)) == .tooOld)
    }

    @Test("A system whose certificate nobody knows is told no key and no code")
    func untrusted() async throws {
        let bench = try await VippsBench(tls: true)
        let error = await #expect(throws: SystemsError.self) {
            try await bench.connector.codes.exchange(Array(Self.token.utf8))
        }
        #expect(error?.code == .unavailable && error?.message.contains("cannot prove who it is") == true)
        await #expect(throws: SystemsError.self) { try await bench.connector.login.start("+4741234567", binding: "") }
        #expect(try await bench.bench.server.requests().isEmpty)
    }

    @Test(
        "A system that misbehaves is no answer, and says nothing of whose the code was",
        arguments: [
            "status:500", "later:429,30", "half", "garbage", "hang", "redirect", "shape", "other_shape:403", "slow:4",
        ])
    func misdeeds(_ misdeed: String) async throws {
        let bench = try await bench()
        _ = try await bench.connector.codes.exchange(Array(Self.token.utf8))
        try await bench.bench.server.misbehave(misdeed)
        let error = await #expect(throws: SystemsError.self) {
            try await bench.connector.codes.exchange(Array(Self.token.utf8))
        }
        let words = error.map { "\($0.message) \($0.cause ?? "")" } ?? ""
        for secret in ["4741234567", "abcDEF123", "s3cret", "token-0", "subscription-1", "Kari", "4799999999"] {
            #expect(!words.contains(secret), "\(misdeed): \(words)")
        }
    }

    @Test("The app is told who is known here, in Norway alone, and nothing comes of it when it fails")
    func checkIn() async throws {
        let bench = try await bench(["check_in": .flag(true)])
        await bench.connector.codes.checkIn("+4741234567", isMember: true)
        await bench.connector.codes.checkIn("+358401234567", isMember: true)
        try await bench.bench.server.misbehave("status:500")
        await bench.connector.codes.checkIn("+4741234568", isMember: false)
        #expect(try await bench.books.checkins == [VippsBench.CheckIn(phoneNumber: "4741234567", isMember: true)])
        let silent = try await self.bench()
        await silent.connector.codes.checkIn("+4741234567", isMember: true)
        #expect(try await silent.books.checkins.isEmpty)
    }
}
