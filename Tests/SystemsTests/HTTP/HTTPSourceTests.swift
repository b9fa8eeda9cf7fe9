import Customers
import Foundation
import Testing

@testable import Systems

@Suite(.serialized) struct HTTPSourceTests {
    let bench: StoreBench
    let server: FeedServer
    let caller = HTTPCaller()

    init() async throws {
        bench = try StoreBench()
        server = try await FeedServer()
        try bench.write(FeedServer.token + "\n", to: "token")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: bench.directory.file("token"))
    }

    private func source(_ query: String = "") throws -> HTTPSource {
        HTTPSource(
            HTTPPlace(url: server.url + query, tokenPath: bench.directory.file("token")), mapping: .standard,
            region: try StoreBench.region(), caller: caller)
    }

    private func rows(_ keys: Range<Int>, name: String = "Kari Nordås") -> [String] {
        keys.map { "{\"key\":\"\($0)\",\"name\":\"\(name) \($0)\",\"customer_card\":\"CARD\($0)\"}" }
    }

    private func run(_ replica: Replica, _ source: HTTPSource) async throws -> FeedProgress {
        try await FeedIntake(feed: "shop", replica: replica).run(source)
    }

    @Test("A feed is read page by page to its end, then only what is new, and nothing when nothing is")
    func pages() async throws {
        let replica = try bench.open()
        try await server.add(["{\"group\":{\"id\":\"gold\",\"name\":\"Gold\",\"discount_percent\":10}}"])
        try await server.add(rows(0..<7_000))
        try await server.add([
            "{\"key\":\"1\",\"removed\":true}", "{\"key\":\"2\",\"groups\":[\"gold\"],\"customer_card\":\"CARD2\"}",
        ])
        let first = try await run(replica, try source())
        #expect(first.pages == 2 && first.rowsRead == 7_003 && first.isComplete)
        #expect(try replica.names(cards: ["CARD0", "CARD1", "CARD6999"]) == ["Kari Nordås 0", "", "Kari Nordås 6999"])
        let gold = try replica.makeReader().resolve(LabelCode(typed: "CARD2")).resolution
        guard case .customer(let customer, _) = gold else {
            Issue.record("nobody has CARD2")
            return
        }
        #expect(customer.loyalty.discountBasisPoints == 1_000)
        // The first look behind the end gives an entity tag, the second one uses it.
        for _ in 0..<2 {
            let again = try await run(replica, try source())
            #expect(again.rowsRead == 0 && again.isComplete)
        }
        let asked = try await server.requests()
        #expect(asked.last?.headers["if-none-match"] == "\"7003-7003\"")
        #expect(asked.last?.query == ["limit": ["5000"], "cursor": ["c 7003/+"]])
        try await server.add(rows(0..<1, name: "Olga"))
        #expect(try await run(replica, try source()).rowsRead == 1)
        #expect(try replica.names(cards: ["CARD0"]) == ["Olga 0"])
        await caller.close()
        replica.close()
    }

    @Test(
        "Whatever a server does wrong, nothing of it is taken, and the next right answer is",
        arguments: [
            ("status:401", .refused), ("status:404", .refused), ("status:500", .unavailable), ("half", .unavailable),
            ("half_unseen", .unavailable), ("garbage", .unavailable), ("html", .broken), ("broken_gzip", .broken),
            ("miscount", .broken), ("behind", .broken), ("bomb", .broken), ("endless", .broken),
            ("redirect:http://127.0.0.1:1/elsewhere", .refused), ("status:304", .broken),
        ] as [(String, SystemsError.Code)])
    func misdeeds(misdeed: String, code: SystemsError.Code) async throws {
        let replica = try bench.open()
        try await server.add(rows(0..<10))
        try await server.misbehave(misdeed)
        let error = await #expect(throws: SystemsError.self) { try await run(replica, try source()) }
        #expect(error?.code == code, "\(error?.description ?? "")")
        #expect(error?.description.contains(FeedServer.token) == false)
        #expect(error?.description.contains("Nordås") == false)
        #expect(try replica.status().customers == 0)
        #expect(try await patientRun(replica).upserted == 10)
        let elsewhere = try await server.requests().filter { $0.path != "/customers" }
        #expect(elsewhere.isEmpty)
        await caller.close()
        replica.close()
    }

    /// A run that is tried again while the server is slower than the client waits: a machine that runs every test is.
    private func patientRun(_ replica: Replica) async throws -> FeedProgress {
        for _ in 0..<5 {
            do {
                return try await run(replica, try source())
            } catch let error as SystemsError {
                guard error.code == .unavailable else { throw error }
            }
        }
        return try await run(replica, try source())
    }

    @Test("A pause that the server asks for is known", arguments: ["later:429,17", "later:503,17"])
    func pause(misdeed: String) async throws {
        try await server.misbehave(misdeed)
        let error = await #expect(throws: SystemsError.self) { try await source().page(after: nil) }
        #expect(error?.code == .throttled && error?.retryAfter == .seconds(17))
        await caller.close()
    }

    @Test("A cursor that the server has forgotten is said to be gone, and one that does not move is no page")
    func cursors() async throws {
        let gone = HTTPCursor(cursor: "c 99/+", tag: "", isMore: false).bytes
        let error = await #expect(throws: SystemsError.self) { try await source().page(after: gone) }
        #expect(error?.code == .cursorGone)
        try await server.misbehave("stuck")
        let here = HTTPCursor(cursor: "c 0/+", tag: "", isMore: true).bytes
        let stuck = await #expect(throws: SystemsError.self) { try await source().page(after: here) }
        #expect(stuck?.code == .broken)
        await caller.close()
    }

    @Test("A row that is broken is rejected by its line, and the others of the page are taken")
    func brokenRow() async throws {
        let replica = try bench.open()
        try await server.add(rows(0..<10))
        try await server.misbehave("broken_row")
        let progress = try await run(replica, try source())
        #expect(progress.upserted == 10)
        #expect(progress.rejections.named == [Rejection(line: 1, column: 9, reason: .jsonBroken)])
        await caller.close()
        replica.close()
    }

    @Test("The reference server refuses a query that the page does not name")
    func strict() async throws {
        let error = await #expect(throws: SystemsError.self) { try await source("?shop=1").page(after: nil) }
        #expect(error?.code == .refused)
        await caller.close()
    }

    @Test("A token is read from its file, which nobody else may read, and stands in no message")
    func token() async throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bench.directory.file("token"))
        let open = await #expect(throws: SystemsError.self) { try await source().page(after: nil) }
        #expect(open?.message.contains("chmod 600") == true)
        try FileManager.default.removeItem(atPath: bench.directory.file("token"))
        let missing = await #expect(throws: SystemsError.self) { try await source().page(after: nil) }
        #expect(missing?.code == .refused)
        #expect(try await server.requests().isEmpty)
        await caller.close()
    }

    @Test("A server that is not there is unavailable")
    func away() async throws {
        let source = HTTPSource(
            HTTPPlace(url: "http://127.0.0.1:1/customers"), mapping: .standard, region: try StoreBench.region(),
            caller: caller)
        let error = await #expect(throws: SystemsError.self) { try await source.page(after: nil) }
        #expect(error?.code == .unavailable)
        await caller.close()
    }

    @Test(
        "An address is https, or http on this machine, and holds no password",
        arguments: [
            ("https://erp.example/customers?shop=1", true), ("http://127.0.0.1:8080/c", true),
            ("http://localhost/c", true),
            ("http://erp.example/c", false), ("https://user:word@erp.example/c", false), ("ftp://erp.example", false),
            ("https:///c", false), ("erp.example", false), ("https://erp.example/c#x", false), ("", false),
        ])
    func addresses(url: String, isUsable: Bool) {
        #expect(HTTPPlace.isUsable(url) == isUsable)
    }
}
