import CountertopClient
import Edge

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
        switch (parts.first, parts.count) {
        case (nil, _): self = .nothing
        case ("help", 1), ("?", 1): self = .help
        case ("open", 1): self = .open
        case ("close", 1): self = .close
        case ("yes", 1), ("replace", 1): self = .replace
        case ("pick", 2): self = Int(parts[1]).map(TryOrder.pick) ?? .scan(words)
        case ("lane", 2): self = .lane(parts[1])
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
        case .replace: try await attach(desk.waiting.first, desk, lanes)
        case .pick(let number):
            let choices = desk.waiting
            try await attach(choices.indices.contains(number - 1) ? choices[number - 1] : nil, desk, lanes)
        case .lane(let name):
            guard desk.choose(name) else { return desk.say("There is no lane \(name).") }
            desk.say("This is lane \(name).")
        case .scan(let code):
            desk.say("")
            try await session.edge.scan(
                Array(code.utf8), aim: TryOrder.aim(of: code), lane: lane, connection: session.connection)
        }
    }

    private func attach(_ customer: Customer?, _ desk: TryDesk, _ lanes: LaneCalls) async throws {
        guard let customer else { return desk.say("Nobody waits to be chosen.") }
        guard let basket = desk.basket else { return desk.say("No basket is open. Type \"open\".") }
        try await lanes.attachCustomer(lane: desk.lane, basket: basket.id, customer: customer.id, replace: true)
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
                "open, close: the basket. yes: replace the customer in it. pick 2: choose among several. lane 2: the other lane.",
                "quit: end. Tills of your own can connect to \(edge.addresses[0]) meanwhile.",
            ]).joined(separator: "\n")
    }
}
