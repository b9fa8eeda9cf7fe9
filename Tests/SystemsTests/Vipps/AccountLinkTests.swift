import Customers
import Testing

@testable import Systems

@Suite struct AccountLinkTests {
    private func customer(_ id: String, _ name: String = "Kari Nordås") -> Customer {
        Customer(
            id: id, company: "store", name: name, firstName: "", language: "", identifiers: [], groups: [],
            loyalty: Loyalty(), permissions: [])
    }

    private func profile(_ name: String = "Kari Nordås", email: String = "") -> LoginProfile {
        LoginProfile(subject: "s", name: name, firstName: "Kari", phone: "+4741234567", email: email)
    }

    @Test("An identity that was enrolled before wins over everything else")
    func known() {
        let link = AccountLink.decide(
            profile("Ola"), known: customer("k"), byPhone: [customer("p")], byEmail: [customer("e")])
        #expect(link == .known(customer("k")))
    }

    @Test("One customer with the number, and with the address where one was told, is the one")
    func one() {
        #expect(
            AccountLink.decide(profile(), known: nil, byPhone: [customer("p")], byEmail: nil) == .one(customer("p")))
        let both = AccountLink.decide(
            profile(email: "k@example.com"), known: nil, byPhone: [customer("p"), customer("q")],
            byEmail: [customer("p")])
        #expect(both == .one(customer("p")))
    }

    @Test("A number that was given to somebody with another name is asked about")
    func recycled() {
        let other = customer("p", "Ola Hansen")
        #expect(AccountLink.decide(profile(), known: nil, byPhone: [other], byEmail: nil) == .ask([other]))
        let folded = customer("p", "NORDAS, Karin")
        #expect(AccountLink.decide(profile(), known: nil, byPhone: [folded], byEmail: nil) == .one(folded))
        let nameless = customer("p", "")
        #expect(AccountLink.decide(profile(), known: nil, byPhone: [nameless], byEmail: nil) == .one(nameless))
    }

    @Test("Several customers, or an address and a number of two, are asked about; nobody is new")
    func several() {
        let (p, q) = (customer("p"), customer("q"))
        #expect(AccountLink.decide(profile(), known: nil, byPhone: [p, q], byEmail: nil) == .ask([p, q]))
        #expect(
            AccountLink.decide(profile(email: "e"), known: nil, byPhone: [p], byEmail: [q]) == .ask([p, q]))
        #expect(AccountLink.decide(profile(email: "e"), known: nil, byPhone: [], byEmail: [q]) == .ask([q]))
        #expect(AccountLink.decide(profile(), known: nil, byPhone: [], byEmail: nil) == .new)
    }
}
