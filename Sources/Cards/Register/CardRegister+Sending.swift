package import Foundation
import GRDB
import Storage

/// A card that is due to be sent.
package struct DueCard: Sendable, Equatable {
    package let card: Card
    /// A phone number (E.164) or an e-mail address.
    package let address: String
}

extension CardRegister {
    /// Cards that a restart found in the middle of being sent wait for their turn again.
    package func restartSending(now: Date) throws(CardsError) {
        try write { database in
            try database.execute(
                sql: "UPDATE cards SET dispatch = ?, due_at = ?, changed_at = ? WHERE dispatch = ?",
                arguments: [
                    Dispatch.State.queued.rawValue, now.milliseconds, now.milliseconds,
                    Dispatch.State.sending.rawValue,
                ])
        }
    }

    /// The cards whose turn it is, the longest waiting first.
    package func due(now: Date) throws(CardsError) -> [DueCard] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM cards WHERE company = ? AND due_at <= ? ORDER BY due_at LIMIT ?",
                arguments: [self.company, now.milliseconds, CardsLimits.roundMax]
            ).compactMap { try CardRow($0, vault: self.vault) }.map { DueCard(card: $0.card, address: $0.address) }
        }
    }

    /// When the next card is due; `nil` when none waits.
    package func nextDue() throws(CardsError) -> Date? {
        try read { database in
            try Int64.fetchOne(
                database, sql: "SELECT min(due_at) FROM cards WHERE company = ?", arguments: [self.company]
            ).map(Date.init(milliseconds:))
        }
    }

    /// Notes how far a card has come. The address is forgotten once nothing more is sent there.
    /// - Parameter expected: how the dispatch stood when the attempt began; a card that was sent anew or revoked meanwhile
    ///   keeps what it has.
    package func note(
        _ dispatch: Dispatch, of id: String, expected: Dispatch.State
    ) throws(CardsError) -> Card {
        try change(id) { row in
            guard row.card.dispatch.state == expected else { return }
            row.card.dispatch = dispatch
            if dispatch.state.isFinal { row.address = "" }
        }
    }

    /// How many cards wait to be sent, and how many could not be.
    package func backlog() throws(CardsError) -> (waiting: Int, failed: Int) {
        try read { database in
            let count = "SELECT count(*) FROM cards WHERE company = ? AND dispatch"
            let waiting = try Int.fetchOne(
                database, sql: "\(count) IN (?, ?)",
                arguments: [
                    self.company, Dispatch.State.queued.rawValue, Dispatch.State.sending.rawValue,
                ])
            let failed = try Int.fetchOne(
                database, sql: "\(count) = ? AND state = ?",
                arguments: [self.company, Dispatch.State.failed.rawValue, Card.State.active.rawValue])
            return (waiting ?? 0, failed ?? 0)
        }
    }
}
