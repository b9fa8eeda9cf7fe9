import Foundation
import GRDB
import Storage
import Testing

@testable import Customers

@Suite("The replica")
struct ReplicaTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    @Test("A customer comes back as the feed gave him, with the better terms of his group")
    func keepsACustomer() throws {
        let replica = try bench.open()
        let applied = try replica.apply(ReplicaBench.page([ReplicaBench.kari], groups: [ReplicaBench.staff]))
        #expect(applied == AppliedPage(upserted: 1))
        let reader = try replica.makeReader()
        let answer = try reader.resolve(LabelCode(typed: "2000012345678"))
        guard case .customer(let customer, .customerCard) = answer.resolution else {
            Issue.record("\(answer.resolution)")
            return
        }
        let kari = ReplicaBench.kari
        #expect(customer.company == "nordmat")
        #expect(customer.name == kari.name)
        #expect(customer.firstName == kari.firstName)
        #expect(customer.language == kari.language)
        var identifiers = kari.identifiers
        identifiers[1].value = "+4741234567"
        #expect(customer.identifiers == identifiers)
        #expect(customer.groups == [Group(id: "staff", name: "Ansatte")])
        #expect(customer.loyalty == Loyalty(discountBasisPoints: 1_000, bonusesHundredths: -12_345))
        #expect(customer.permissions == kari.permissions)
        #expect(try reader.customer(id: customer.id)?.0 == customer)
        replica.close()
    }

    @Test("A group's new terms count for its members at once")
    func changesTerms() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari], groups: [ReplicaBench.staff]))
        var terms = ReplicaBench.staff
        terms.terms = Loyalty(discountBasisPoints: 2_500, cashbackBasisPoints: 300)
        try replica.apply(ReplicaBench.page([], groups: [terms]))
        guard case .customer(let customer, _) = try replica.makeReader().resolve(typed: "2000012345678") else {
            Issue.record("not found")
            return
        }
        #expect(customer.loyalty.discountBasisPoints == 2_500)
        #expect(customer.loyalty.cashbackBasisPoints == 300)
        replica.close()
    }

    @Test("A changed customer is found by what he has now, and no longer by what he had")
    func replaces() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        let reader = try replica.makeReader()
        let id = try #require(try reader.resolve(LabelCode(typed: "2000012345678")).resolution.customerID)
        var changed = ReplicaBench.kari
        changed.name = "Kari Vik"
        changed.identifiers = [Identifier(type: .customerCard, value: "2000087654321")]
        try replica.apply(ReplicaBench.page([changed]))
        reader.releaseRead()
        #expect(try reader.resolve(typed: "2000012345678") == .unknown)
        #expect(try reader.resolve(typed: "41234567") == .unknown)
        #expect(try reader.resolve(typed: "2000087654321").customerID == id)
        #expect(try reader.search(name: "nordås", limit: 5).customers.isEmpty)
        #expect(try reader.search(name: "vik", limit: 5).customers.map(\.id) == [id])
        #expect(try replica.status().customers == 1)
        replica.close()
    }

    @Test("A customer is replaced as a whole, even after the store's region was set anew")
    func outlivesANewRegion() throws {
        var replica = try bench.open(region: "NO")
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        replica.close()
        replica = try bench.open(region: "SE")
        var changed = ReplicaBench.kari
        changed.identifiers = []
        try replica.apply(ReplicaBench.page([changed]))
        let left = try replica.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM identifiers") }
        #expect(left == 0)
        replica.close()
    }

    @Test("A card that another feed's customer has refuses the row, says why, and takes the others")
    func refusesATakenCard() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        var thief = ReplicaBench.ola
        thief.identifiers = [Identifier(type: .customerCard, value: "2000012345678")]
        var other = ReplicaBench.ola
        other.key = "79"
        other.identifiers = [Identifier(type: .customerCard, value: "X1")]
        let applied = try replica.apply(ReplicaBench.page([thief, other], feed: "solteq"))
        #expect(applied == AppliedPage(upserted: 1, findings: [RowFinding(row: 0, reason: .identifierTaken)]))
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "2000012345678").names == ["Kari Nordås"])
        #expect(try reader.resolve(typed: "X1").names == ["Ola Ås"])
        replica.close()
    }

    @Test("A card passes from one customer to another in one page, in either order")
    func passesACard() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        var receiver = ReplicaBench.ola
        receiver.identifiers = [Identifier(type: .customerCard, value: "2000012345678")]
        var giver = ReplicaBench.kari
        giver.identifiers = []
        let applied = try replica.apply(ReplicaBench.page([receiver, giver]))
        #expect(applied == AppliedPage(upserted: 2))
        #expect(try replica.makeReader().resolve(typed: "2000012345678").names == ["Ola Ås"])
        replica.close()
    }

    @Test("Unusable rows are named with a reason, and the good rows stay")
    func namesBadRows() throws {
        let replica = try bench.open()
        var noKey = ReplicaBench.ola
        noKey.key = ""
        var large = ReplicaBench.ola
        large.name = String(repeating: "x", count: CustomersLimits.nameBytesMax + 1)
        var badPhone = ReplicaBench.ola
        badPhone.identifiers = [
            Identifier(type: .phone, value: "call me"), Identifier(type: .customerCard, value: "C-1"),
        ]
        let applied = try replica.apply(ReplicaBench.page([noKey, large, badPhone]))
        let expected = [
            RowFinding(row: 0, reason: .keyUnusable), RowFinding(row: 1, reason: .tooLarge),
            RowFinding(row: 2, reason: .identifierLeftOut),
        ]
        #expect(applied == AppliedPage(upserted: 1, findings: expected))
        #expect(applied.findings.map(\.isRefusal) == [true, true, false])
        #expect(try replica.makeReader().resolve(typed: "C-1").names == ["Ola Ås"])
        replica.close()
    }

    @Test("The cursor is written with the page, and outlives a restart")
    func keepsTheCursor() throws {
        var replica = try bench.open()
        #expect(try replica.cursor(of: "poster") == nil)
        try replica.apply(ReplicaBench.page([ReplicaBench.kari], cursor: "token-a"))
        try replica.apply(ReplicaBench.page([ReplicaBench.ola], cursor: "token-b"))
        replica.close()
        replica = try bench.open()
        #expect(try replica.cursor(of: "poster") == Array("token-b".utf8))
        #expect(try replica.status().customers == 2)
        replica.close()
    }

    @Test("A page beyond the bounds is refused as a whole")
    func refusesLargePages() throws {
        let replica = try bench.open()
        let rows = [CustomerChange](
            repeating: .remove(key: "1", at: ReplicaBench.noon), count: CustomersLimits.pageRowsMax + 1)
        let tooMany = ChangePage(feed: "poster", cursor: [], isComplete: true, customers: rows)
        let noFeed = ChangePage(feed: "", cursor: [], isComplete: true)
        for page in [tooMany, noFeed] {
            #expect { try replica.apply(page) } throws: { ($0 as? CustomersError)?.code == .pageRefused }
        }
        #expect(try replica.cursor(of: "poster") == nil)
        replica.close()
    }

    @Test("A copy that one feed has filled is not complete while another, which is to be there, never gave anything")
    func awaitsFeeds() throws {
        let replica = try bench.open()
        replica.awaitFeeds(["shop", "members"])
        try replica.apply(ChangePage(feed: "shop", cursor: [1], isComplete: true))
        let reader = try replica.makeReader()
        #expect(try replica.status().complete == false)
        #expect(try reader.resolve(LabelCode(typed: "nobody")).provenance.complete == false)
        try replica.apply(ChangePage(feed: "members", cursor: [1], isComplete: true))
        reader.releaseRead()
        #expect(try replica.status().complete)
        #expect(try reader.resolve(LabelCode(typed: "nobody")).provenance.complete)
        replica.close()
    }

    @Test("A first load is not complete until its last page says so")
    func isNotCompleteTooSoon() throws {
        let replica = try bench.open()
        #expect(try replica.status().complete == false)
        try replica.apply(ReplicaBench.page([ReplicaBench.kari], isComplete: false))
        let reader = try replica.makeReader()
        #expect(try reader.resolve(LabelCode(typed: "nobody")).provenance.complete == false)
        #expect(try reader.resolve(LabelCode(typed: "2000012345678")).provenance.complete == false)
        try replica.apply(ReplicaBench.page([ReplicaBench.ola]))
        reader.releaseRead()
        #expect(try reader.resolve(LabelCode(typed: "nobody")).provenance.complete)
        #expect(try replica.status().complete)
        try replica.apply(ReplicaBench.page([], feed: "custobar", isComplete: false))
        reader.releaseRead()
        #expect(try reader.resolve(LabelCode(typed: "nobody")).provenance.complete == false)
        #expect(try reader.resolve(LabelCode(typed: "2000012345678")).provenance.complete)
        replica.close()
    }

    @Test("An answer carries its feed and the time since that feed's last page")
    func growsOld() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        bench.pass(milliseconds: 60_000)
        try replica.apply(ReplicaBench.page([], feed: "custobar"))
        bench.pass(milliseconds: 1_500)
        let reader = try replica.makeReader()
        let found = try reader.resolve(LabelCode(typed: "2000012345678")).provenance
        #expect(found == Provenance(source: "poster", ageMilliseconds: 61_500, complete: true))
        let missing = try reader.resolve(LabelCode(typed: "nobody")).provenance
        #expect(missing == Provenance(source: "replica", ageMilliseconds: 61_500, complete: true))
        #expect(try replica.status() == ReplicaStatus(customers: 1, ageMilliseconds: 61_500, complete: true))
        bench.pass(milliseconds: -120_000)
        #expect(try reader.resolve(LabelCode(typed: "nobody")).provenance.ageMilliseconds == 0)
        replica.close()
    }
}

extension Resolution {
    /// The id of the one customer who was found.
    var customerID: String? {
        guard case .customer(let customer, _) = self else { return nil }
        return customer.id
    }
}
