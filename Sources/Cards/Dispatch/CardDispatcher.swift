package import Foundation
import Synchronization

/// Sends the cards that are due, one after the other, and says how far each has come. It runs beside the tills: nobody waits
/// for a gateway.
package final class CardDispatcher: Sendable {
    private let register: CardRegister
    private let documents: CardDocuments
    private let gateways: [Dispatch.Channel: any MessageGateway]
    private let now: @Sendable () -> Date
    private let onChange: @Sendable (Card) -> Void
    private let onFault: @Sendable (CardsError?) -> Void
    /// What waits for the next card, and whether somebody rang since the cards were looked at.
    private let pause = Mutex<(sleeper: Task<Void, Never>?, isRung: Bool)>((nil, false))

    /// - Parameters:
    ///   - onChange: is told of each step of a card.
    ///   - onFault: is told why the register cannot be used, and with `nil` that it can.
    package init(
        register: CardRegister, documents: CardDocuments, gateways: [Dispatch.Channel: any MessageGateway],
        now: @escaping @Sendable () -> Date = { Date() }, onChange: @escaping @Sendable (Card) -> Void,
        onFault: @escaping @Sendable (CardsError?) -> Void = { _ in }
    ) {
        self.register = register
        self.documents = documents
        self.gateways = gateways
        self.now = now
        self.onChange = onChange
        self.onFault = onFault
    }

    /// A card may be due earlier than it seemed.
    package func ring() {
        pause.withLock { pause in
            pause.isRung = true
            pause.sleeper?.cancel()
        }
    }

    /// Runs until the task is cancelled.
    package func run() async {
        try? register.restartSending(now: now())
        while !Task.isCancelled {
            pause.withLock { $0.isRung = false }
            do throws(CardsError) {
                for due in try register.due(now: now()) {
                    if Task.isCancelled { break }
                    try await send(due)
                }
                onFault(nil)
            } catch {
                onFault(error)
            }
            await wait()
        }
        for gateway in gateways.values { await gateway.close() }
    }

    private func send(_ due: DueCard) async throws(CardsError) {
        let begun = DispatchRules.begin(due.card.dispatch, now: now())
        let noted = try register.note(begun, of: due.card.id, expected: due.card.dispatch.state)
        // It was revoked since it was looked for.
        guard noted.dispatch == begun || noted.dispatch.state == .sending else { return }
        onChange(noted)
        let outcome = await attempt(due)
        let ended = DispatchRules.end(
            begun, outcome, issuedAt: max(due.card.issuedAt, due.card.dispatch.changedAt), now: now(),
            zone: documents.zone, jitter: Double.random(in: 0...1))
        onChange(try register.note(ended, of: due.card.id, expected: .sending))
    }

    private func attempt(_ due: DueCard) async -> DispatchRules.Outcome {
        guard let gateway = gateways[due.card.dispatch.channel] else {
            return .refused(reason: "The configuration names no gateway for this channel. Add it under cards.")
        }
        do throws(CardsError) {
            try await gateway.send(CardMessage(due, documents, now: now()))
            return .sent
        } catch {
            if error.code == .refused { return .refused(reason: error.message) }
            return .unavailable(reason: error.message, retryAfter: error.retryAfter)
        }
    }

    /// Waits for the next card, or somebody who rings.
    private func wait() async {
        let next = (try? register.nextDue()) ?? nil
        let seconds = next.map { max(0.05, min($0.timeIntervalSince(now()), 60)) } ?? 60
        let sleeper = pause.withLock { pause in
            pause.sleeper = pause.isRung ? nil : Task { try? await Task.sleep(for: .seconds(seconds)) }
            return pause.sleeper
        }
        await withTaskCancellationHandler {
            await sleeper?.value
        } onCancel: {
            sleeper?.cancel()
        }
        pause.withLock { $0.sleeper = nil }
    }
}
