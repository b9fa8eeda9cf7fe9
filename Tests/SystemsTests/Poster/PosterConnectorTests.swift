import Customers
import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct PosterConnectorTests {
    @Test("Clients come with their group's terms: points have a balance and a cashback, discount the better percentage")
    func loyalty() async throws {
        let rig = try await PosterRig()
        let page = try await rig.connector().source.page(after: nil)
        #expect(page.isLast && page.rejections.isEmpty)
        #expect(page.groups.map(\.group.name) == ["Points", "Discount"])
        #expect(page.groups.map(\.terms.cashbackBasisPoints) == [500, nil])
        #expect(page.groups.map(\.terms.discountBasisPoints) == [nil, 1_000])
        let records = page.records
        #expect(records.map(\.name) == ["Kari Nordmann", "Ola Ås"])
        #expect(records.map(\.loyalty.bonusesHundredths) == [1_250, nil])
        #expect(records.map(\.loyalty.discountBasisPoints) == [nil, 1_500])
        #expect(
            records[0].identifiers == [
                Identifier(type: .customerCard, value: "2900000000018"), Identifier(type: .phone, value: "+4741234567"),
                Identifier(type: .externalID, value: "poster:1"),
            ])
        #expect(page.changes.map(\.key) == ["1", "2", "3"])
        guard case .remove = page.changes[2] else {
            Issue.record("A removed client is not removed")
            return
        }
    }

    @Test(
        "A listing goes page by page, takes what has changed alone, and a client who is removed meanwhile hides nobody")
    func pages() async throws {
        let rig = try await PosterRig()
        var clients: [String: PosterRig.Client] = [:]
        for id in 1...9 {
            clients["\(id)"] = PosterRig.Client(id: "\(id)", name: "C\(id)", phone: "4741234\(560 + id)")
        }
        try await rig.server.setState(PosterRig.State(clients: clients))
        let source = try rig.connector(rows: 4).source
        var (page, seen) = (try await source.page(after: nil), Set<String>())
        seen.formUnion(page.changes.map(\.key))
        clients["2"] = nil
        try await rig.server.setState(PosterRig.State(clients: clients))
        while !page.isLast {
            #expect(source.isUnderWay(page.cursor))
            page = try await source.page(after: page.cursor)
            seen.formUnion(page.changes.map(\.key))
        }
        #expect(seen == Set((1...9).map(String.init)))
        clients["7"]?.bonus = "100"
        try await rig.server.setState(PosterRig.State(clients: clients))
        var changes: [String] = []
        repeat {
            page = try await source.page(after: page.cursor)
            changes += page.changes.map(\.key)
        } while !page.isLast
        #expect(changes == ["7"])
    }

    @Test(
        "What Poster refuses within an answer is told by its number, without a word of Poster's and without the token",
        arguments: [(11, SystemsError.Code.refused), (12, .refused), (20, .refused), (700, .throttled), (34, .refused)])
    func errors(_ number: Int, _ code: SystemsError.Code) async throws {
        let rig = try await PosterRig()
        try await rig.server.misbehave("error:\(number)")
        let connector = try rig.connector()
        let error = await #expect(throws: SystemsError.self) { try await connector.source.page(after: nil) }
        #expect(error?.code == code && error?.cause == "error \(number)")
        #expect(error?.description.contains("Nordmann") == false && error?.description.contains("abc123") == false)
        if number == 12 { #expect(error?.message.contains("two years") == true) }
    }

    @Test(
        "What is no answer of Poster's is not taken", arguments: ["shape", "garbage", "half", "status:500", "redirect"])
    func broken(_ misdeed: String) async throws {
        let rig = try await PosterRig()
        try await rig.server.misbehave("", misdeed)
        let source = try rig.connector().source
        await #expect(throws: SystemsError.self) { try await source.page(after: nil) }
        #expect(try await source.page(after: nil).changes.count == 3)
    }

    @Test("After a sale its client is read again between the listings, and sales put off no listing")
    func refresh() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector(["schedule": .text("every 60 seconds")])
        let first = try await connector.source.page(after: nil)
        connector.source.refresh("1", after: .zero)
        try await rig.change("1") { $0.bonus = "2000" }
        let page = try await connector.source.page(after: first.cursor)
        #expect(page.isLast && page.records.map(\.loyalty.bonusesHundredths) == [2_000])
        let listed = try await rig.server.requests().filter { $0.path == "/api/clients.getClients" }
        #expect(listed.count == 1)
        rig.bench.clock.pass(.seconds(61))
        connector.source.refresh("1", after: .zero)
        let due = try await connector.source.page(after: page.cursor)
        #expect(!due.isLast && due.changes.isEmpty)
        #expect(try await connector.source.page(after: due.cursor).isLast)
    }

    @Test("A check names templates without a group, those without a phone number, and what bonuses are counted in")
    func check() async throws {
        let rig = try await PosterRig()
        try await rig.change("2") { $0.cardNumber = "0" }
        let cards: [String: SystemSettings.Value] = ["cards.key": .text(try rig.bench.credential("k", named: "k"))]
        let gold = try rig.connector(cards.merging(["templates": .table(["gold": "20"])]) { $1 })
        _ = try await gold.source.page(after: nil)
        let words = try await gold.check()
        #expect(words.contains("Template gold: group Discount, discount: key discount (10 %)"))
        #expect(words.contains("1 clients of these groups have no phone number, and get no card: 2."))
        let wrong = try rig.connector(cards.merging(["templates": .table(["gold": "99"])]) { $1 })
        let error = await #expect(throws: SystemsError.self) { try await wrong.check() }
        #expect(error?.message.contains("group 99") == true && error?.message.contains("10 (Points)") == true)
        let growCards = try await SystemBench("growcards")
        try await growCards.server.setState(["passes": [["_id": "p1", "template": "gold"]]])
        var passes = cards
        passes["growcards.url"] = .text(growCards.server.base + "/v2")
        passes["growcards.key"] = .text(try growCards.credential("gr0w", named: "gr0w"))
        let there = try rig.connector(passes.merging(["templates": .table(["gold": "20"])]) { $1 })
        #expect(try await there.check().contains("has cards of every template"))
        let missing = try rig.connector(passes.merging(["templates": .table(["silver": "20"])]) { $1 })
        #expect(try await missing.check().contains("no card of template silver"))
        let units = try rig.connector(["bonuses.check_client": .text("1")])
        #expect(try await units.check().contains("write bonuses.write_unit: whole"))
        #expect(try await rig.client("1").bonus == "1250")
        let other = try rig.connector([
            "bonuses.check_client": .text("1"), "bonuses.write_unit": .text("hundredths"),
        ])
        await #expect(throws: SystemsError.self) { try await other.check() }
    }
}
