package import Foundation
import GRDB
import Storage

extension CardRegister {
    /// Issues a card. One that the same operation was given before is given again.
    /// - Throws: ``CardsError`` `tooManyCards`, `operationReused`, `registerUnusable`.
    package func issue(_ request: CardRequest, now: Date) throws(CardsError) -> Card {
        try write { database in
            if let before = try self.answered(request, replacing: "", database) { return before }
            return try self.insert(request, replacing: "", now: now, database)
        }
    }

    /// Ends a card for good. One that was ended before stays as it is.
    /// - Throws: ``CardsError`` `cardUnknown`, `registerUnusable`.
    package func revoke(_ id: String, now: Date) throws(CardsError) -> Card {
        try change(id) { row in
            guard row.card.state == .active else { return }
            row.card.state = .revoked
            row.card.endedAt = now
            row.stopSending(now: now)
        }
    }

    /// Issues a card in the place of another one, which ends. Both happen, or neither.
    /// - Throws: ``CardsError`` `cardUnknown`, `cardEnded`, `operationReused`, `registerUnusable`.
    package func replace(_ id: String, with request: CardRequest, now: Date) throws(CardsError) -> Card {
        try write { database in
            if let before = try self.answered(request, replacing: id, database) { return before }
            guard let blind = Self.blind(id: id), var row = try self.row(blind: blind, database) else {
                throw CardsError.cardUnknown
            }
            guard row.card.state == .active else {
                throw CardsError(
                    .cardEnded, "That card was revoked or replaced before. Issue the customer a card instead.")
            }
            row.card.state = .replaced
            row.card.endedAt = now
            row.stopSending(now: now)
            try self.store(row, database)
            let card = try self.insert(request, replacing: id, now: now, database)
            try database.execute(
                sql: "UPDATE cards SET replaced_by = ? WHERE company = ? AND blind = ?",
                arguments: [Data(self.blind(card.code)), self.company, blind])
            return card
        }
    }

    /// Forgets cards that ended before a time, as many as one step may: a scan of one is an unknown code from then on.
    /// - Returns: how many there were; more are left when it is ``CardsLimits/trimmedMax``.
    @discardableResult
    package func forgetCards(endedBefore time: Date) throws(CardsError) -> Int {
        try write { database in
            try database.execute(
                sql: """
                    DELETE FROM cards WHERE number IN (
                        SELECT number FROM cards WHERE company = ? AND state <> ? AND ended_at < ? LIMIT ?)
                    """,
                arguments: [
                    self.company, Card.State.active.rawValue, time.milliseconds, CardsLimits.trimmedMax,
                ])
            return database.changesCount
        }
    }

    /// Has all cards of a customer go on as another one's.
    package func move(customer: String, to successor: String) throws(CardsError) {
        try write { database in
            try database.execute(
                sql: "UPDATE cards SET customer = ? WHERE company = ? AND customer = ?",
                arguments: [successor, self.company, customer])
        }
    }

    /// Forgets everything about a customer.
    /// - Returns: how many cards there were.
    @discardableResult
    package func erase(customer: String) throws(CardsError) -> Int {
        let count = try write { database in
            try database.execute(
                sql: "DELETE FROM cards WHERE company = ? AND customer = ?", arguments: [self.company, customer])
            return database.changesCount
        }
        // What was deleted still stands in the file's log; secure_delete overwrites it in the file itself.
        if count > 0 { _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        return count
    }

    /// Empties the file's log, and overwrites what copies of deleted rows SQLite left between others.
    /// - Parameter goesOn: asked between steps; false ends it there.
    /// - Returns: false when a reader held the log for longer than a step of it waits, or it was ended.
    package func wipe(while goesOn: () -> Bool = { true }) throws(CardsError) -> Bool {
        do throws(StorageError) {
            return try DatabaseFile.wipe(pool, while: goesOn)
        } catch {
            throw CardsError(.registerUnusable, error.message, cause: error.cause)
        }
    }

    // MARK: Within

    /// The card that the operation was given before.
    private func answered(
        _ request: CardRequest, replacing: String, _ database: Database
    ) throws -> Card? {
        guard let operation = digest(request) else { return nil }
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM cards WHERE operation = ?", arguments: [Data(operation)])
        guard let row, let card = try CardRow(row, vault: vault) else { return nil }
        // What a card was asked for with is not known any more once its row was rewritten under another key.
        let payloads = [nil, payload(request, replacing, vault), vault.before.map { payload(request, replacing, $0) }]
        guard payloads.contains(card.payload) else { throw CardsError.operationReused }
        return card.card
    }

    private func insert(
        _ request: CardRequest, replacing: String, now: Date, _ database: Database
    ) throws -> Card {
        let good = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM cards WHERE company = ? AND customer = ? AND state = ?",
            arguments: [company, request.customer, Card.State.active.rawValue])
        guard (good ?? 0) < CardsLimits.cardsOfCustomerMax else {
            throw CardsError(
                .tooManyCards,
                "The customer has \(CardsLimits.cardsOfCustomerMax) good cards, as many as may be. Revoke some first.")
        }
        let code = CardCode()
        let isSent = request.channel != .none
        let dispatch = Dispatch(
            channel: request.channel, state: isSent ? .queued : .notSent, changedAt: now, dueAt: isSent ? now : nil)
        let card = Card(
            id: CardCode.encode(blind(code)), code: code, customer: request.customer, state: .active,
            issuedAt: Date(milliseconds: now.milliseconds), replacedBy: "", dispatch: dispatch)
        try database.execute(
            sql: """
                INSERT INTO cards (company, blind, code, customer, state, issued_at, operation, payload, channel, address,
                    dispatch, changed_at, due_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                company, Data(blind(code)), Data(try vault.seal(code.secret, context: Self.codeContext)), card.customer,
                card.state.rawValue, now.milliseconds, digest(request).map { Data($0) },
                Data(payload(request, replacing, vault)), request.channel.rawValue, try sealed(request.address),
                dispatch.state.rawValue, now.milliseconds, dispatch.dueAt?.milliseconds,
            ])
        return card
    }

    func change(_ id: String, _ body: (inout CardRow) throws -> Void) throws(CardsError) -> Card {
        try write { database in
            guard let blind = Self.blind(id: id), var row = try self.row(blind: blind, database) else {
                throw CardsError.cardUnknown
            }
            try body(&row)
            try self.store(row, database)
            return row.card
        }
    }

    func store(_ row: CardRow, _ database: Database) throws {
        let (card, dispatch) = (row.card, row.card.dispatch)
        try database.execute(
            sql: """
                UPDATE cards SET state = ?, ended_at = ?, channel = ?, address = ?, dispatch = ?, attempts = ?,
                    changed_at = ?, due_at = ?, reason = ?
                WHERE company = ? AND blind = ?
                """,
            arguments: [
                card.state.rawValue, card.endedAt?.milliseconds, dispatch.channel.rawValue, try sealed(row.address),
                dispatch.state.rawValue, dispatch.attempts, dispatch.changedAt.milliseconds,
                dispatch.dueAt?.milliseconds, dispatch.reason, company, Data(blind(card.code)),
            ])
    }

    private func sealed(_ address: String) throws -> Data? {
        address.isEmpty ? nil : Data(try vault.seal(Array(address.utf8), context: Self.addressContext))
    }

    private func digest(_ request: CardRequest) -> [UInt8]? { request.operation.map { digest(of: $0) } }

    func digest(of operation: CardRequest.Operation) -> [UInt8] {
        let caller = Array(operation.caller.utf8)
        return vault.pseudonym(
            of: Array("\(caller.count) ".utf8) + caller + operation.id, domain: "card operation \(company)"
        ).bytes
    }

    private func payload(_ request: CardRequest, _ replacing: String, _ vault: Vault) -> [UInt8] {
        let text = [replacing, request.customer, "\(request.channel.rawValue)", request.address]
            .map { "\($0.utf8.count) \($0)" }.joined()
        return vault.blindIndex(Array(text.utf8), domain: "card request \(company)")
    }
}

extension CardRow {
    /// A card that is not good any more is not sent either.
    fileprivate mutating func stopSending(now: Date) {
        address = ""
        guard !card.dispatch.state.isFinal else { return }
        card.dispatch.state = .failed
        card.dispatch.changedAt = now
        card.dispatch.dueAt = nil
        card.dispatch.reason = "The card was revoked or replaced before it was sent."
    }
}

extension CardsError {
    static let cardUnknown = CardsError(
        .cardUnknown, "This store has issued no card with that id. List the customer's cards.")
    static let operationReused = CardsError(
        .operationReused, "Another call had this operation id. Make a new id for each call that is not a retry.")
}
