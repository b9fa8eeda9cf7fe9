import Foundation
import GRDB
package import Storage
import Synchronization

/// The cards this store issued, in `cards.db`: what is true of a card is on the disk before anybody is told. It cannot be
/// loaded again from elsewhere.
///
/// A call may wait for the disk; whoever must not asks on another thread.
package final class CardRegister: Sendable {
    static let codeContext = "cards.code"
    static let addressContext = "cards.address"
    /// What the file's key check is made of.
    static let keyName = "cards"

    package let company: String
    let pool: DatabasePool
    private let present: Mutex<Vault>
    private let lock: FileLock
    private let path: String

    /// - Throws: ``CardsError`` `registerUnusable`. A broken file is left as it is: with a new one no card of the store would
    ///   scan any more, and a person decides that.
    package init(path: String, vault: Vault, company: String) throws(CardsError) {
        self.path = path
        present = Mutex(vault)
        self.company = company
        do throws(StorageError) {
            lock = try FileLock(path: path)
            pool = try DatabaseFile.openPool(
                path: path, applicationID: CardSchema.applicationID, schema: CardSchema.migrator, synchronous: .full,
                ifBroken: .fail
            ).pool
        } catch {
            throw CardsError(.registerUnusable, error.message, cause: error.cause)
        }
        try checkKey()
    }

    /// What values are sealed with now. Whoever writes takes it within the transaction that writes, so that what is under the
    /// key before is all in the file before its rewriting begins.
    var vault: Vault { present.withLock { $0 } }

    /// Seals from now on under another vault, while everything goes on. It opens what was sealed so far: the key before is in
    /// it until ``rewrite()`` has nothing to do.
    package func change(to vault: Vault) { present.withLock { $0 = vault } }

    /// Closes the file.
    package func close() {
        try? DatabaseFile.close(pool)
        lock.release()
    }

    // MARK: Looking

    /// Whose card a scanned code is.
    /// - Returns: `nil` for a code of another store, and for a card that is not good any more.
    package func holder(of code: CardCode) throws(CardsError) -> String? {
        let blind = Data(blind(code))
        return try read { database in
            try String.fetchOne(
                database, sql: "SELECT customer FROM cards WHERE company = ? AND blind = ? AND state = ?",
                arguments: [self.company, blind, Card.State.active.rawValue])
        }
    }

    /// The card with this code, good or not.
    package func card(_ code: CardCode) throws(CardsError) -> Card? {
        try row(blind: Data(blind(code)))?.card
    }

    /// The card with this id, good or not.
    package func card(id: String) throws(CardsError) -> Card? {
        guard let blind = Self.blind(id: id) else { return nil }
        return try row(blind: blind)?.card
    }

    /// A customer's cards, the newest first.
    package func cards(of customer: String) throws(CardsError) -> [Card] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM cards WHERE company = ? AND customer = ? ORDER BY number DESC LIMIT 100",
                arguments: [self.company, customer]
            ).compactMap { try CardRow($0, vault: self.vault)?.card }
        }
    }

    // MARK: Within

    /// What a card's id is made of. Nobody guesses a code's random bits, so it stays when the store's key changes.
    func blind(_ code: CardCode) -> [UInt8] { vault.pseudonym(of: code.secret, domain: "issued card \(company)").bytes }

    /// The digest that an id writes.
    static func blind(id: String) -> Data? {
        CardCode(id: id.utf8).map { Data($0.secret) }
    }

    func row(blind: Data) throws(CardsError) -> CardRow? {
        try read { try self.row(blind: blind, $0) }
    }

    func row(blind: Data, _ database: Database) throws -> CardRow? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM cards WHERE company = ? AND blind = ?", arguments: [company, blind]
        ).flatMap { try CardRow($0, vault: vault) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(CardsError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw failure(error)
        }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(CardsError) -> Value {
        do {
            return try pool.write(body)
        } catch {
            throw failure(error)
        }
    }

    func failure(_ error: any Error) -> CardsError {
        if let error = error as? CardsError { return error }
        let storage = StorageError(database: error, path: path)
        return CardsError(.registerUnusable, storage.message, cause: storage.cause)
    }

    private func checkKey() throws(CardsError) {
        let check = Data(vault.keyCheck(of: Self.keyName))
        let present = try write { database in
            try database.execute(
                sql: "INSERT INTO cards_key (id, key_check) VALUES (1, ?) ON CONFLICT DO NOTHING", arguments: [check])
            return try Data.fetchOne(database, sql: "SELECT key_check FROM cards_key")
        }
        guard vault.standing(present ?? Data(), of: Self.keyName) != .other else {
            pool.interrupt()
            try? DatabaseFile.close(pool)
            lock.release()
            throw CardsError(
                .registerUnusable,
                "\(path) was sealed under another key. Put the store's key back, or move the file away: its cards will "
                    + "not scan then.")
        }
    }
}
