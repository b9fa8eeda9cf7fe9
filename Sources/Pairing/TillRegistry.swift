package import Foundation
import GRDB
import Storage
import Synchronization

/// The tills that were paired, in `tills.db`. Each change is on the disk before it counts; whoever asks is answered from
/// memory, and waits neither for the disk nor for those who change something.
package final class TillRegistry: Sendable {
    private let pool: DatabasePool
    private let lock: FileLock
    private let limits: PairingLimits
    private let tills: Mutex<[String: Till]>
    /// When the backup was made that the list was put back from; `nil` when it never was.
    let restoredFrom: Date?
    /// Whoever changes something has his turn after those before him.
    private let turn = Mutex(())

    /// - Throws: ``PairingError`` `registryUnusable`. A broken file is left as it is: with a new one every till would have
    ///   to be paired anew, and a person decides that.
    package init(path: String, limits: PairingLimits = PairingLimits()) throws(PairingError) {
        self.limits = limits
        do throws(StorageError) {
            lock = try FileLock(path: path)
            pool = try DatabaseFile.openPool(
                path: path, applicationID: TillSchema.applicationID, schema: TillSchema.migrator, synchronous: .full,
                ifBroken: .fail
            ).pool
        } catch {
            throw PairingError(error)
        }
        do {
            let rows = try pool.read { try Row.fetchAll($0, sql: "SELECT * FROM till") }
            let known = rows.compactMap(Till.init)
            tills = Mutex(Dictionary(uniqueKeysWithValues: known.map { ($0.id, $0) }))
            let restored = try pool.read { try Int64.fetchOne($0, sql: "SELECT made_at_ms FROM restored") }
            restoredFrom = restored.map { Date(timeIntervalSince1970: Double($0) / 1_000) }
        } catch {
            throw Self.failure(error)
        }
    }

    /// All tills, by name, those revoked last.
    package var all: [Till] {
        tills.withLock { tills in
            tills.values.sorted { ($0.isRevoked ? 1 : 0, $0.name, $0.id) < ($1.isRevoked ? 1 : 0, $1.name, $1.id) }
        }
    }

    /// The till with this id, revoked or not.
    package func till(_ id: String) -> Till? { tills.withLock { $0[id] } }

    /// Makes a till known.
    /// - Throws: ``PairingError`` `tooManyTills`, `registryUnusable`.
    package func add(_ till: Till) throws(PairingError) {
        try change { tills throws(PairingError) in
            guard tills.values.count(where: { !$0.isRevoked }) < limits.tillsMax else {
                throw PairingError(
                    .tooManyTills,
                    "\(limits.tillsMax) tills are paired, as many as may be. Revoke some (countertop tills).")
            }
            return [till]
        }
    }

    /// Gives a till another name.
    package func rename(_ id: String, to name: String) throws(PairingError) -> Till {
        try checkName(name)
        return try update(id) { $0.name = name }
    }

    /// Takes a till's rights away, for good.
    package func revoke(_ id: String, now: Date) throws(PairingError) -> Till {
        try update(id) { till in
            if !till.isRevoked { till.revokedAt = now }
        }
    }

    /// Notes a till's new certificate. The one that it used last stays good until the new one was seen: a till that lost
    /// the answer, or could not save it, asks again with that one.
    package func renew(_ id: String, serial: [UInt8], expiresAt: Date) throws(PairingError) -> Till {
        try update(id) { till in
            guard case .certificate(let newest, let used) = till.credential else { return }
            till.credential = .certificate(serial: serial, previous: used ?? newest)
            till.expiresAt = expiresAt
        }
    }

    /// A till uses its newest certificate: the one before is of no use from now on. It counts before it is on the disk, which
    /// is what ``keep(_:)`` is for: after a crash in between both are good until the newest is seen again.
    /// - Returns: whether there was one before.
    package func sawNewest(_ id: String) -> Bool {
        tills.withLock { tills in
            guard case .certificate(let serial, .some)? = tills[id]?.credential else { return false }
            tills[id]?.credential = .certificate(serial: serial, previous: nil)
            return true
        }
    }

    /// Writes a till down as it is known.
    package func keep(_ id: String) throws(PairingError) {
        _ = try update(id) { _ in }
    }

    /// Lets a browser's key be good for longer.
    package func extend(_ id: String, to expiresAt: Date) throws(PairingError) {
        _ = try update(id) { $0.expiresAt = expiresAt }
    }

    /// - Throws: ``PairingError`` `nameInvalid`.
    package func checkName(_ name: String) throws(PairingError) {
        let isPrintable = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...limits.nameBytesMax).contains(name.utf8.count), isPrintable else {
            throw PairingError(
                .nameInvalid, "A till's name has 1 to \(limits.nameBytesMax) bytes, and no control characters.")
        }
    }

    /// Closes the file.
    package func close() {
        try? DatabaseFile.close(pool)
        lock.release()
    }

    func update(_ id: String, _ body: (inout Till) -> Void) throws(PairingError) -> Till {
        var changed: Till?
        try change { tills throws(PairingError) in
            guard var till = tills[id] else {
                throw PairingError(.tillUnknown, "No till has the id \(id). `countertop tills` lists them.")
            }
            body(&till)
            changed = till
            return [till]
        }
        guard let changed else { throw PairingError(.tillUnknown, "No till has that id.") }
        return changed
    }

    /// Writes what `body` gives, and then keeps it.
    private func change(_ body: ([String: Till]) throws(PairingError) -> [Till]) throws(PairingError) {
        try turn.withLock { _ throws(PairingError) in
            var after = tills.withLock { $0 }
            let changed = try body(after)
            for till in changed { after[till.id] = till }
            let forgotten = forgotten(after)
            try write { database in
                for till in changed { try till.store(database) }
                for id in forgotten { try database.execute(sql: "DELETE FROM till WHERE id = ?", arguments: [id]) }
            }
            tills.withLock { tills in
                for till in changed { tills[till.id] = till }
                for id in forgotten { tills[id] = nil }
            }
        }
    }

    func write(_ body: (Database) throws -> Void) throws(PairingError) {
        do {
            try pool.write(body)
        } catch {
            throw Self.failure(error)
        }
    }

    /// Those revoked so long ago that they need not be listed. Without an entry a till is as good as revoked.
    private func forgotten(_ tills: [String: Till]) -> [String] {
        let revoked = tills.values.filter(\.isRevoked).sorted {
            ($0.revokedAt ?? .distantPast) < ($1.revokedAt ?? .distantPast)
        }
        return revoked.dropLast(limits.revokedMax).map(\.id)
    }

    private static func failure(_ error: any Error) -> PairingError {
        let cause = StorageError(database: error, path: "tills.db")
        return PairingError(
            .registryUnusable, "The list of tills cannot be read or written. Check the disk.", cause: cause.cause)
    }
}
