import Cards
import Customers
import Devices
import NIOCore
import Synchronization
import Systems

/// Asks the replica what a code is, from whatever thread needs to know, and lets the replica's read transaction go soon
/// after the last question, so that checkpoints pass.
final class Recogniser: Sendable {
    /// How long a read transaction may stay open after the question that began it.
    static let readTime: TimeAmount = .milliseconds(100)

    private struct State: ~Copyable {
        let reader: ReplicaReader
        var isRestDue = false
    }

    private let state: Mutex<State>
    /// The cards that the store issued itself; `nil` when it never did.
    private let cards: CardRegister?
    private let linkedCards: LinkedCards?
    /// The articles that a system outside knows; `nil` where none tells them.
    private let articles: ArticleList?
    /// Codes for whose customers a system outside is asked; `nil` where none is.
    private let personalCodes: (any PersonalCodes)?
    private let eventLoop: any EventLoop
    private let onFault: @Sendable ((any Error)?) -> Void

    /// - Parameter onFault: is told when the replica cannot be read, and with `nil` when it was read.
    init(
        _ replica: Replica, cards: CardRegister? = nil, articles: ArticleList? = nil, linkedCards: LinkedCards? = nil,
        personalCodes: (any PersonalCodes)? = nil, eventLoop: any EventLoop,
        onFault: @escaping @Sendable ((any Error)?) -> Void
    ) throws {
        state = Mutex(State(reader: try replica.makeReader()))
        self.cards = cards
        self.articles = articles
        self.linkedCards = linkedCards
        self.personalCodes = personalCodes
        self.eventLoop = eventLoop
        self.onFault = onFault
    }

    /// Puts one question to the replica.
    /// - Throws: what the replica throws; the health of the edge knows of it then.
    func ask<Result: Sendable>(_ question: @Sendable (ReplicaReader) throws -> Result) throws -> Result {
        let (result, mustRest) = state.withLock { state in
            let result = Swift.Result { try question(state.reader) }
            let mustRest = !state.isRestDue
            state.isRestDue = true
            return (result, mustRest)
        }
        if mustRest { eventLoop.scheduleTask(in: Self.readTime) { [self] in rest() } }
        switch result {
        case .success: onFault(nil)
        case .failure(let error):
            // That one record cannot be read says nothing of the others; the replica counts it.
            if (error as? CustomersError)?.code != .recordUnreadable { onFault(error) }
        }
        return try result.get()
    }

    /// As ``ask(_:)``, of the local copy as it is now: other questions may be answered as of 100 ms ago.
    func askAnew<Result: Sendable>(_ question: @Sendable (ReplicaReader) throws -> Result) throws -> Result {
        state.withLock { $0.reader.releaseRead() }
        return try ask(question)
    }

    /// Finds out what a code is: a card that the store issued itself, or what the replica says.
    /// - Throws: what the replica throws.
    func resolve(_ code: LabelCode) throws -> Answer {
        guard let cards, let own = CardCode(code.data), let card = (try? cards.card(own)) ?? nil else {
            let answer = try ask { try $0.resolve(code) }
            return try linked(answer, code) ?? known(answer, code)
        }
        let customer = card.customer
        guard card.state == .active, let (found, provenance) = try ask({ try $0.customer(id: customer) }) else {
            // A card that ended is nobody's, whatever else may know its code.
            return Answer(resolution: .unknown, provenance: try ask { try $0.currentProvenance() })
        }
        return Answer(resolution: .customer(found, .customerCard), provenance: provenance)
    }

    /// A card that was linked in the store, where the replica knows nobody by its code. A payment card is refused before that.
    private func linked(_ answer: Answer, _ code: LabelCode) throws -> Answer? {
        switch answer.resolution {
        case .unknown, .product: break
        default: return nil
        }
        guard let id = linkedCards?.customer(code), let (customer, provenance) = try ask({ try $0.customer(id: id) })
        else {
            return nil
        }
        return Answer(resolution: .customer(customer, .linkedCard), provenance: provenance)
    }

    /// A number that shops give themselves is an article's when the store's list has it, and nobody's otherwise.
    private func known(_ answer: Answer, _ code: LabelCode) -> Answer {
        guard case .unknown = answer.resolution, let articles, let number = code.shopNumber, articles.holds(number)
        else {
            return answer
        }
        return Answer(resolution: .product(gtin14: number), provenance: answer.provenance)
    }

    /// What a label is. Scanning goes on when the replica cannot be read: the label is then unknown, and the answer says
    /// that the local copy is not complete.
    func recognise(_ code: LabelCode) -> Answer {
        if let personalCodes, personalCodes.hold(code.data),
            let provenance = try? ask({ try $0.currentProvenance() })
        {
            return Answer(resolution: .pending(.vippsPersonalQR), provenance: provenance)
        }
        if let answer = try? resolve(code) { return answer }
        let provenance = Provenance(source: "replica", ageMilliseconds: 0, complete: false)
        return Answer(resolution: PaymentCard.matches(code) ? .paymentCard : .unknown, provenance: provenance)
    }

    private func rest() {
        state.withLock { state in
            state.reader.releaseRead()
            state.isRestDue = false
        }
    }
}

extension LabelCode {
    init(_ label: Label) {
        self.init(data: label.data, family: LabelFamily(label.family), gtin14: label.gtin14)
    }
}

extension LabelFamily {
    init(_ family: Label.Family) {
        switch family {
        case .none: self = .none
        case .eanUPC: self = .eanUPC
        case .gs1: self = .gs1
        case .other: self = .other
        }
    }
}
