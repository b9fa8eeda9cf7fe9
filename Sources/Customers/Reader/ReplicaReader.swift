import Foundation
import GRDB
import GRDBSQLite
import Storage

/// Answers from the replica, on one thread at a time and a connection of its own.
///
/// Look-ups share one snapshot of the file, which is given up after ``CustomersLimits/snapshotAge``, so that the writer's
/// log can be carried over. Whoever has nothing to ask for a while calls ``releaseRead()``.
package final class ReplicaReader {
    let keys: CompanyKeys
    let region: PhoneRegion
    let now: @Sendable () -> Date
    let statements: ReaderStatements
    private(set) var snapshot = ReaderSnapshot()
    private let path: String
    private let uptime: @Sendable () -> ContinuousClock.Instant
    private var isReading = false
    private var readingSince: ContinuousClock.Instant
    private let connection: ReaderConnection

    init(
        path: String, keys: CompanyKeys, company: Int64, region: PhoneRegion, now: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> ContinuousClock.Instant
    ) throws(CustomersError) {
        self.path = path
        self.keys = keys
        self.region = region
        self.now = now
        self.uptime = uptime
        readingSince = uptime()
        do {
            connection = try ReaderConnection(path: path)
            statements = try ReaderStatements(connection.handle, company: company)
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
        let time = uptime()
        if isReading {
            guard readingSince.duration(to: time) >= CustomersLimits.snapshotAge else { return }
            releaseRead()
        }
        // A commit that failed leaves the transaction open.
        if sqlite3_get_autocommit(connection.handle) == 0 { try statements.rollback.run() }
        try statements.begin.run()
        isReading = true
        readingSince = time
        try snapshot.update(statements)
    }

    /// The provenance of an answer that names no customer.
    func provenance() -> Provenance {
        FeedState.provenance(of: snapshot.feeds.values, now: now())
    }

    /// Opens a record.
    func customer(_ sealed: UnsafeRawBufferPointer) throws -> (Customer, FeedState?) {
        guard let record = RecordDecoder.decode(try keys.records.open(sealed)) else {
            throw CustomersError(
                .replicaBroken,
                "A customer's record in \(path) cannot be read. Move the replica away, and it is "
                    + "loaded anew.")
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
            permissions: record.permissions)
        return (customer, snapshot.feeds[record.feed])
    }
}
