import Foundation
import GRDB
import GRDBSQLite
import Storage

/// Answers from the replica, on one thread at a time and a connection of its own.
///
/// Look-ups share one snapshot of the file, which is given up after ``CustomersLimits/snapshotAge``, so that the writer's
/// log can be carried over. Whoever has nothing to ask for a while calls ``releaseRead()``.
package final class ReplicaReader {
    /// Those of the snapshot.
    private(set) var keys: CompanyKeys
    let region: PhoneRegion
    let patterns: [IdentifierPattern]
    let now: @Sendable () -> Date
    /// Under which rows of the snapshot may be beside the present ones; `nil` when none is, as nearly always.
    private(set) var keysBefore: CompanyKeys?
    private(set) var statements: ReaderStatements
    private(set) var snapshot = ReaderSnapshot()
    private let ring: ReplicaKeys
    private var keysVersion: Int
    private let path: String
    private let uptime: @Sendable () -> ContinuousClock.Instant
    private var isReading = false
    private var readingSince: ContinuousClock.Instant
    private var connection: ReaderConnection
    let standing: ReplicaStanding
    /// Of the file that the connection is open to; see ``ReplicaStanding/generation``.
    private var generation: Int

    init(
        path: String, ring: ReplicaKeys, region: PhoneRegion, patterns: [IdentifierPattern] = [],
        standing: ReplicaStanding,
        now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> ContinuousClock.Instant
    ) throws(CustomersError) {
        self.path = path
        self.ring = ring
        keysVersion = ring.version
        keys = ring.keys
        self.region = region
        self.patterns = patterns
        self.now = now
        self.uptime = uptime
        self.standing = standing
        readingSince = uptime()
        generation = standing.generation
        do {
            connection = try ReaderConnection(path: path)
            statements = try ReaderStatements(connection.handle, company: ring.company)
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Gives the snapshot up, so that a checkpoint need not wait. The next look-up takes another.
    package func releaseRead() {
        guard isReading else { return }
        isReading = false
        try? statements.commit.run()
    }

    /// Runs look-ups in the present snapshot.
    func reading<T>(_ body: () throws -> T) throws(CustomersError) -> T {
        do {
            try renew()
            return try body()
        } catch {
            // After a failure nothing is known of the transaction; a new one tells.
            releaseRead()
            throw CustomersError(error, path: path)
        }
    }

    private func renew() throws {
        if standing.generation != generation { try follow() }
        let time = uptime()
        if isReading {
            guard readingSince.duration(to: time) >= CustomersLimits.snapshotAge else { return }
            releaseRead()
        }
        // A commit that failed leaves the transaction open.
        if sqlite3_get_autocommit(connection.handle) == 0 { try statements.rollback.run() }
        try takeSnapshot(at: time)
        keysBefore = keys.before.flatMap { $0.isOf(snapshot.keyCheck) ? $0 : nil }
    }

    /// Begins a snapshot, and takes the keys of its rows: those that were present both before it and after.
    private func takeSnapshot(at time: ContinuousClock.Instant) throws {
        while true {
            let version = ring.version
            try statements.begin.run()
            isReading = true
            readingSince = time
            // This reads, so that the snapshot is of now.
            try snapshot.update(statements)
            if version != keysVersion { keys = ring.keys }
            if version == ring.version {
                keysVersion = version
                return
            }
            releaseRead()
        }
    }

    /// Turns from a file that was found to be broken to the one in its place.
    private func follow() throws {
        let present = standing.generation
        releaseRead()
        guard !ReplicaStanding.isBroken(present) else {
            throw CustomersError(.replicaBroken, "\(path) is broken. Another file takes its place.")
        }
        let fresh = try ReaderConnection(path: path)
        statements = try ReaderStatements(fresh.handle, company: ring.company)
        connection = fresh
        snapshot = ReaderSnapshot()
        generation = present
    }

    /// What an answer rests on that names no customer.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func currentProvenance() throws(CustomersError) -> Provenance { try reading { provenance() } }

    /// The provenance of an answer that names no customer.
    func provenance() -> Provenance {
        FeedState.provenance(of: snapshot.feeds.values, awaited: standing.awaitedFeeds, now: now())
    }

    /// Opens a record.
    /// - Returns: `nil` when this record cannot be read, which says nothing of any other.
    func customer(_ number: Int64, _ sealed: UnsafeRawBufferPointer) throws -> (customer: Customer, feed: FeedState?)? {
        guard let record = (try? keys.records.open(sealed) { RecordDecoder.decode($0) }) ?? nil else {
            standing.cannotRead(number)
            return nil
        }
        var loyalty = record.loyalty
        var groups: [Group] = []
        groups.reserveCapacity(record.groups.count)
        for number in record.groups {
            guard let terms = snapshot.groups[number] else { continue }
            groups.append(terms.group)
            loyalty.add(terms.terms)
        }
        let customer = Customer(
            id: record.id.text, company: keys.company, name: record.name, firstName: record.firstName,
            language: record.language, identifiers: record.identifiers, groups: groups, loyalty: loyalty,
            permissions: record.permissions, benefits: record.benefits)
        return (customer, snapshot.feeds[record.feed])
    }
}
