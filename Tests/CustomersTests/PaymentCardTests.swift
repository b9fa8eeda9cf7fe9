import GS1
import Testing

@testable import Customers

@Suite("Payment cards")
struct PaymentCardTests {
    private func isCard(_ text: String, _ family: LabelFamily = .none) -> Bool {
        PaymentCard.isNumber(LabelCode(data: Array(text.utf8), family: family))
    }

    /// Numbers that the schemes publish for tests.
    static let numbers = [
        "4111111111111111", "4012888888881881", "5555555555554444", "5105105105105100", "2223003122003222",
        "378282246310005", "371449635398431", "6011111111111117", "3530111333300000", "6759649826438453",
        "5019717010103742", "6200000000000005", "4917610000000000003",
    ]

    @Test("Numbers of the schemes are cards, with and without separators", arguments: numbers)
    func knowsNumbers(number: String) {
        #expect(isCard(number))
        #expect(isCard(number, .other))
        let groups = stride(from: 0, to: number.count, by: 4).map { start in String(number.dropFirst(start).prefix(4)) }
        #expect(isCard(groups.joined(separator: " ")))
        #expect(isCard(groups.joined(separator: "-")))
    }

    @Test("A number with a wrong check digit, of no issuer, of a wrong length or with a GS1 symbology is none")
    func knowsOthers() {
        #expect(!isCard("4111111111111112"))
        #expect(!isCard("9111111111111110"))
        #expect(!isCard("4222222222222"))
        #expect(!isCard("4111111111111111", .eanUPC))
        #expect(!isCard("4111111111111111", .gs1))
        #expect(!isCard("41111111111111110000"))
        #expect(!isCard("4111a11111111111"))
        #expect(!isCard(""))
    }

    @Test("Identifiers of GS1 that begin as cards do hide no card")
    func isNotFooledByElementStrings() {
        // 400, 410, 22 and 240 are identifiers too, and a Visa's or a Mastercard's first digits.
        for first in ["400000", "410000", "222100", "240000"] {
            let body = Array("\(first)123456789".utf8)
            let number = (0x30...0x39).map { body + [UInt8($0)] }.first(where: PaymentCard.isLuhn) ?? []
            #expect(isCard(String(decoding: number, as: UTF8.self)), "\(first)")
        }
    }

    @Test(
        "Tracks of a magnetic stripe are cards, whatever stands around them",
        arguments: [
            "%B4111111111111111^NORDAS/KARI^29121010000000000000?", ";4111111111111111=29121010000000000000?",
            "4111111111111111=2912101", "B4111 1111 1111 1111^X^2912",
            "%B4111111111111112^X^2912?;4111111111111112=2912?",
            "x;4111111111111111=2912101?",
        ])
    func knowsTracks(track: String) {
        #expect(PaymentCard.isTrack(Array(track.utf8)))
    }

    @Test(
        "Links and texts with the same signs are no tracks",
        arguments: [
            "https://example.com/?id=123456789012&x=1", "a=b", "^", "=", "123456789012=", "12345=6789", "",
            "https://id.gs1.org/01/09506000134352?17=141120", "A123456789012=1234",
        ])
    func knowsNoTracks(text: String) {
        #expect(!PaymentCard.isTrack(Array(text.utf8)))
    }

    @Test("No false refusal in 100,000 random products and loyalty cards")
    func refusesNoOneElse() {
        var random = SeededRandom(seed: 100_000)
        for round in 0..<100_000 {
            var body: [UInt8]
            switch round % 5 {
            case 0: body = random.digits(7)
            case 1: body = random.digits(11)
            case 2: body = random.digits(12)
            case 3: body = random.digits(13)
            default: body = [UInt8(ascii: "2")] + random.digits(11)
            }
            body += (0x30...0x39).map { [UInt8($0)] }.first { CheckDigit.holds(body + $0) } ?? []
            let family: LabelFamily = Bool.random(using: &random) ? .none : .other
            let card = Array("CU".utf8) + random.digits(14)
            let isRefused =
                PaymentCard.isNumber(LabelCode(data: body, family: family)) || PaymentCard.isTrack(body)
                || PaymentCard.isNumber(LabelCode(data: card, family: .none))
            if isRefused { Issue.record("\(random.note) \(String(decoding: body, as: UTF8.self))") }
        }
    }

    @Test("A card in the replica is a customer's, even with a payment card's number; the same without is refused")
    func asksTheReplicaFirst() throws {
        let bench = try ReplicaBench()
        let replica = try bench.open()
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "4111111111111111") == .paymentCard)
        #expect(try reader.resolve(typed: ";4111111111111111=2912101?") == .paymentCard)
        var record = ReplicaBench.ola
        record.identifiers = [Identifier(type: .linkedCard, value: "4111111111111111")]
        try replica.apply(ReplicaBench.page([record]))
        reader.releaseRead()
        #expect(try reader.resolve(typed: "4111111111111111").names == ["Ola Ås"])
        #expect(try reader.resolve(typed: ";4111111111111111=2912101?") == .paymentCard)
        replica.close()
    }
}
