import Customers
import Foundation

extension Customer {
    static let kari = Customer(
        id: "c-kari", company: "store", name: "Kari Nordås", firstName: "Kari", language: "nb", identifiers: [],
        groups: [], loyalty: Loyalty(discountBasisPoints: 1_000), permissions: [])
    static let olena = Customer(
        id: "c-olena", company: "store", name: "Олена Шевченко", firstName: "Олена", language: "uk", identifiers: [],
        groups: [], loyalty: Loyalty(bonusesHundredths: 1_250), permissions: [])
}

extension Answer {
    static func customer(_ customer: Customer) -> Answer { answer(.customer(customer, .customerCard)) }
    static let product = answer(.product(gtin14: "04006381333931"))
    static let unknown = answer(.unknown)
    static let paymentCard = answer(.paymentCard)

    private static func answer(_ resolution: Resolution) -> Answer {
        Answer(
            resolution: resolution, provenance: Provenance(source: "sample", ageMilliseconds: 0, complete: true))
    }
}
