import CountertopClient
import Edge
import Foundation

/// Plays the steps of a round, and prints what came of each.
struct SampleSteps {
    private let round: SampleRound
    private var events: LaneWatch.Iterator
    private var number = 0
    /// Who scanned last, for the till to replace with.
    private var lastCustomer: Customer?

    init(round: SampleRound, events: LaneWatch.Iterator) {
        self.round = round
        self.events = events
    }

    mutating func play(_ step: SampleStep) async throws {
        number += 1
        let outcome: String
        switch step.doing {
        case .scan(let code, let kind, let attachment): outcome = try await scan(code, kind, attachment)
        case .open(let basket):
            outcome = words(try await round.connection.lanes.openBasket(lane: round.lane, basket: basket))
        case .replace(let basket):
            outcome = words(
                try await round.connection.lanes.attachCustomer(
                    lane: round.lane, basket: basket, customer: lastCustomer?.id ?? "", replace: true))
        case .close(let basket):
            let closing = Closing(
                outcome: .paid, saleId: "S-\(basket)", total: Money(currency: "NOK", minorUnits: 12_900))
            let closed = try await round.connection.lanes.closeBasket(
                lane: round.lane, basket: basket, closing: closing)
            outcome = "basket \(closed.id) closed with \(closed.customer?.name ?? "nobody") in it"
        }
        let lane = try await round.connection.lanes.list().first { $0.name == round.lane }
        let shown = (lane?.displayLines ?? []).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " / ")
        Terminal.write("\(number). \(step.words): \(outcome). The display says \"\(shown)\".\n")
    }

    private mutating func scan(
        _ code: SampleCode, _ kind: ResolutionKind, _ attachment: Attachment
    ) async throws -> String {
        try await round.edge.scan(code.data, aim: code.aim, lane: round.lane, connection: round.connection)
        while let event = try await events.next() {
            guard case .scan(let scan) = event.event else { continue }
            guard let resolution = scan.resolution, resolution.kind == kind, scan.attachment == attachment else {
                throw SampleRoundError(
                    "Expected \(kind.name) and \(attachment.name), got \(scan.resolution?.kind.name ?? "nothing") and "
                        + "\(scan.attachment.name).")
            }
            try await round.connection.lanes.acknowledge(lane: round.lane, scan.position)
            lastCustomer = resolution.customer ?? lastCustomer
            let outcome = EventLine.words(scan.attachment)
            return ResolutionText(resolution).short + (outcome.isEmpty ? "" : ", \(outcome)")
        }
        throw SampleRoundError("The watch of the lane ended.")
    }

    private func words(_ basket: Basket) -> String {
        "basket \(basket.id) is open with \(basket.customer?.name ?? "nobody") in it"
    }
}
