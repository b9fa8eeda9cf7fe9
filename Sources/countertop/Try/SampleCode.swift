import CountertopClient
import Customers
import Devices
import Edge

/// A code to try in the sample store.
struct SampleCode: Sendable {
    let words: String
    let text: String
    /// The AIM identifier the label would have: "]Q3" for a QR code.
    let aim: String

    var data: [UInt8] { Array(text.utf8) }

    static let card = SampleCode(
        words: "the customer card of Kari Nordås, as a QR code on her phone", text: SampleStore.kariCard, aim: "]Q1")
    static let phone = SampleCode(words: "her phone number", text: "990 00 001", aim: "")
    static let product = SampleCode(words: "a product code", text: SampleStore.product, aim: "]E0")
    static let unknown = SampleCode(words: "an unknown code", text: SampleStore.unknown, aim: "]C0")
    static let shared = SampleCode(
        words: "a phone number that two customers share", text: SampleStore.sharedPhone, aim: "")

    static let otherCard = SampleCode(words: "the card of Олена Шевчук", text: SampleStore.olenaCard, aim: "]Q1")

    static let all = [card, phone, otherCard, product, unknown, shared]
}

extension Edge {
    /// Scans a label in a lane: by its virtual scanner, or typed in where the lane has a scanner of its own.
    func scan(_ data: [UInt8], aim: String, lane: String, connection: CountertopConnection) async throws {
        if let scanner = virtualDevices.first(where: { $0.lane == lane })?.scanner {
            scanner.scan(data, aim: aim)
        } else {
            try await connection.lanes.enter(lane: lane, code: data)
        }
    }
}
