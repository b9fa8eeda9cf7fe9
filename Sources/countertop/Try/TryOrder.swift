import CountertopClient
import Edge
import Foundation

/// What a person typed at the prompt.
enum TryOrder {
    case help
    case open
    case close
    case replace
    case pick(Int)
    case lane(String)
    case scan(String)
    case nothing

    init(_ words: String) {
        let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
        switch (parts.first?.lowercased(), parts.count) {
        case (nil, _): self = .nothing
        case ("help", 1), ("?", 1): self = .help
        case ("open", 1): self = .open
        case ("close", 1): self = .close
        case ("yes", 1), ("replace", 1): self = .replace
        case ("pick", _): self = .pick(Int(parts.last ?? "") ?? 0)
        case ("lane", _): self = .lane(parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
        default: self = .scan(words)
        }
    }

    func carryOut(desk: TryDesk, session: TrySession) async throws {
        let lanes = session.connection.lanes
        let lane = desk.lane
        switch self {
        case .nothing: desk.say("")
        case .help: desk.say(TryOrder.helpText(session.edge))
        case .open:
            let basket = try await lanes.openBasket(lane: lane, basket: desk.nextBasket())
            desk.say("Basket \(basket.id) is open.")
        case .close:
            guard let basket = desk.basket else { return desk.say("No basket is open. Type \"open\".") }
            try await lanes.closeBasket(lane: lane, basket: basket.id, closing: Closing(outcome: .paid))
            desk.say("Basket \(basket.id) is paid.")
        case .replace:
            guard let customer = desk.waiting.first, desk.waiting.count == 1 else {
                return desk.say("There is nobody to put in the customer's place.")
            }
            try await attach(customer, replace: true, desk, lanes)
        case .pick(let number):
            let choices = desk.waiting
            guard choices.indices.contains(number - 1) else {
                return desk.say(
                    choices.isEmpty ? "There is nobody to choose." : "Choose 1 to \(choices.count): \"pick 1\".")
            }
            try await attach(choices[number - 1], replace: false, desk, lanes)
        case .lane(let name):
            guard desk.choose(name) else { return desk.say("There is no such lane. Type \"lane 2\".") }
            desk.say("This is lane \(name).")
        case .scan(let code):
            desk.say("")
            try await session.edge.scan(
                Array(code.utf8), aim: TryOrder.aim(of: code), lane: lane, connection: session.connection)
        }
    }

    private func attach(_ customer: Customer, replace: Bool, _ desk: TryDesk, _ lanes: LaneCalls) async throws {
        guard let basket = desk.basket else { return desk.say("No basket is open. Type \"open\".") }
        let isOther = basket.customer.map { $0.id != customer.id } ?? false
        guard replace || !isOther else {
            desk.chose(customer)
            return desk.say("Another customer is in the basket. Type \"yes\" to put \(customer.name) there instead.")
        }
        try await lanes.attachCustomer(lane: desk.lane, basket: basket.id, customer: customer.id, replace: replace)
        desk.say("\(customer.name) is in basket \(basket.id).")
    }

    /// The AIM identifier a label with this text would have: an EAN for 8, 12 or 13 digits, else a QR code.
    private static func aim(of code: String) -> String {
        guard code.allSatisfy({ $0.isASCII && $0.isNumber }) else { return "]Q1" }
        switch code.count {
        case 8: return "]E4"
        case 12, 13: return "]E0"
        default: return "]Q1"
        }
    }

    private static func helpText(_ edge: Edge) -> String {
        let codes = SampleCode.all.map {
            "  \($0.text)\(String(repeating: " ", count: max(1, 24 - $0.text.count)))\($0.words)"
        }
        return
            (["Type or paste a code and press Enter: it is scanned. Try"] + codes + [
                "open, close: the basket. yes: replace the customer. pick 2: choose. lane 2: the other.",
                "quit: end. To look on: countertop watch --edge \(edge.addresses[0])",
            ]).joined(separator: "\n")
    }
}
