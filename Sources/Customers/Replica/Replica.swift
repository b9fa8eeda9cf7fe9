package import Foundation
import GRDB
package import Storage
import Synchronization

/// The store's copy of one company's customers, sealed in one file. It can be loaded anew at any time.
///
/// Changes come in pages by ``apply(_:)``, from any thread, one after the other. Answers come from a ``ReplicaReader``,
/// of which every thread that answers has its own. Several companies may share a file; none sees another's rows.
package final class Replica: Sendable {
    package let company: String
    /// Whose phone numbers come without a country code.
    package let region: PhoneRegion
    /// Kinds of code that the store describes itself, in the order in which they are tried.
    package let patterns: [IdentifierPattern]

    let ring: ReplicaKeys
    /// What outlives the file; `nil` where nothing does.
    let memory: (any ReplicaMemory)?
    let now: @Sendable () -> Date
    let standing = ReplicaStanding()
    /// The file's path, for messages.
    package let path: String
    let file: Mutex<ReplicaFile>
    let checking = Checking()
    /// What the next page of a first load may be asked by. Whoever applies a page takes it and gives another back.
    let filter = Mutex<KeyFilter?>(nil)
    private let departing = Mutex<(@Sendable () -> Void)?>(nil)
    private let lock: FileLock

    /// Opens the replica, or begins one.
    ///
    /// A broken file is set aside. One that was sealed under another key is left as it is.
    /// - Parameters:
    ///   - path: the file; its directory is the edge's own. `NAME.lock` stands beside it.
    ///   - company: the company's name, 1 to ``CustomersLimits/companyBytesMax`` bytes.
    ///   - region: the store's country, two letters; see ``PhoneRegion``.
    ///   - patterns: kinds of code that the store describes itself.
    ///   - memory: what outlives the file; a page is taken only into one that has it.
    ///   - now: the time by which answers grow old.
    /// - Throws: ``CustomersError``: `settingsWrong`, `inUse`, `newerSchema`, `wrongKey`, and what the disk refuses.
    package init(
        path: String, vault: Vault, company: String, region: String, patterns: [IdentifierPattern] = [],
        memory: (any ReplicaMemory)? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) throws(CustomersError) {
        guard (1...CustomersLimits.companyBytesMax).contains(company.utf8.count) else {
            throw CustomersError(
                .settingsWrong,
                "The company's name has no letter, or more than \(CustomersLimits.companyBytesMax) bytes. "
                    + "Give it another in the configuration.")
        }
        guard let region = PhoneRegion(region) else {
            let known = PhoneRegion.all.map(\.name).joined(separator: ", ")
            throw CustomersError(
                .settingsWrong,
                "The region \(region) is none whose phone numbers are known. Name one of these in the configuration: "
                    + "\(known).")
        }
        do {
            lock = try FileLock(path: path)
            file = Mutex(try ReplicaFile.open(path: path, vault: vault, company: company, now: now()))
        } catch {
            throw CustomersError(error, path: path)
        }
        self.path = path
        self.company = company
        self.region = region
        self.patterns = patterns
        self.memory = memory
        self.now = now
        ring = ReplicaKeys(vault: vault, company: company)
    }

    /// Where a broken file was put in this run. The copy began anew then, and says that it is not complete.
    package var setAside: String? { present.setAside }

    /// The file as it is now.
    var present: ReplicaFile { file.withLock { $0 } }

    var pool: DatabasePool { present.pool }

    /// What rows are sealed and found under now. A transaction that writes takes them within.
    var keys: CompanyKeys { ring.keys }

    var vault: Vault { ring.vault }

    /// Seals and indexes from now on under another vault, while everything goes on. It opens what was sealed so far: the key
    /// before is in it until ``rewrite()`` has nothing to do.
    package func change(to vault: Vault) { ring.change(to: vault) }

    /// The company's number in the file.
    var number: Int64 { present.company }

    /// - Parameter body: called when a page has removed customers, whose traces elsewhere are to be removed; see
    ///   ``departures(limit:)``. It must be brief.
    package func onDeparture(_ body: (@Sendable () -> Void)?) {
        departing.withLock { $0 = body }
    }

    func tellDeparture() { departing.withLock { $0 }?() }

    /// A reader for one thread, on a connection of its own.
    /// - Throws: ``CustomersError`` when the file cannot be opened once more.
    package func makeReader() throws(CustomersError) -> sending ReplicaReader {
        try ReplicaReader(
            path: path, ring: ring, region: region, patterns: patterns, standing: standing, now: now,
            uptime: { ContinuousClock.now })
    }

    /// The opaque id of the customer whom a feed knows by a key.
    package func customerID(feed: String, key: String) -> String { keys.customerID(feed: feed, key: key).text }

    /// Where a feed goes on; `nil` before its first page.
    package func cursor(of feed: String) throws(CustomersError) -> [UInt8]? {
        do {
            let file = present
            let sealed = try file.pool.read { database in
                try Data.fetchOne(
                    database, sql: "SELECT cursor FROM feeds WHERE company = ? AND name = ?",
                    arguments: [file.company, feed])
            }
            return try sealed.map { try keys.cursors.open($0) }
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Says which feeds there are to be: the copy is complete once each of them, and whatever else is in it, was through.
    package func awaitFeeds(_ names: Set<String>) { standing.awaitedFeeds = names }

    /// How far each feed has come, sorted by name.
    package func feeds() throws(CustomersError) -> [FeedState] {
        do {
            let file = present
            return try file.pool.read { database in
                try Row.fetchAll(
                    database, sql: "SELECT name, applied_at, complete FROM feeds WHERE company = ? ORDER BY name",
                    arguments: [file.company]
                ).map { FeedState(name: $0[0], appliedAt: $0[1], isComplete: $0[2]) }
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// How the copy stands.
    package func status() throws(CustomersError) -> ReplicaStatus {
        do {
            let file = present
            let count = try file.pool.read { database in
                try Int64.fetchOne(
                    database, sql: "SELECT customers FROM companies WHERE number = ?", arguments: [file.company]) ?? 0
            }
            let provenance = FeedState.provenance(of: try feeds(), awaited: standing.awaitedFeeds, now: now())
            return ReplicaStatus(
                customers: UInt64(max(0, count)), ageMilliseconds: provenance.ageMilliseconds,
                complete: provenance.complete, unreadableRecords: standing.unreadableRecords)
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Closes the file, and ends a check that is under way. Readers should be gone by then.
    package func close() {
        checking.end()
        // What was committed is safe, whatever closing says; but only a file that closed is left whole.
        if (try? DatabaseFile.close(pool)) != nil, !ReplicaStanding.isBroken(standing.generation) {
            CleanMark.leave(at: path)
        }
        lock.release()
    }
}
