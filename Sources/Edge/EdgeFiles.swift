import Customers
import Foundation
import Glibc
import Journal
import Logging
import Storage

/// The edge's files: the replica and the journal, sealed under the store's key.
struct EdgeFiles: Sendable {
    let replica: Replica
    let journal: ScanJournal

    /// Opens the files, or makes them.
    /// - Throws: ``EdgeError`` `stateUnusable`.
    static func open(
        _ configuration: EdgeConfiguration, health: EdgeHealth, logger: Logger
    ) throws(EdgeError) -> EdgeFiles {
        do {
            try makeDirectory(configuration.statePath)
            let vault = Vault(key: try StoreKey.loadOrCreate(at: configuration.keyPath))
            let journal = try ScanJournal(path: configuration.statePath + "/journal.db", vault: vault) {
                health.journal($0)
            }
            if let setAside = journal.setAside {
                logger.error(
                    "The journal was broken. It was set aside, and what could be read of it was kept.",
                    metadata: ["file": "\(setAside)", "rows": "\(journal.salvagedRows)"])
            }
            let replica = try openReplica(configuration, vault: vault, health: health, logger: logger)
            return EdgeFiles(replica: replica, journal: journal)
        } catch let error as EdgeError {
            throw error
        } catch let error as StorageError {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        } catch let error as CustomersError {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        } catch {
            throw EdgeError(
                .stateUnusable, "The files in \(configuration.statePath) cannot be opened. Check the disk.",
                cause: "\(error)")
        }
    }

    private static func openReplica(
        _ configuration: EdgeConfiguration, vault: Vault, health: EdgeHealth, logger: Logger
    ) throws -> Replica {
        let replica = try Replica(
            path: configuration.statePath + "/replica.db", vault: vault, company: configuration.store.company,
            region: configuration.store.region)
        if let setAside = replica.setAside {
            health.note(
                "REPLICA_SET_ASIDE",
                "The local copy of the customers was broken and was set aside as \(setAside). It is filled anew from its "
                    + "sources.")
        }
        if configuration.sampleStore, try replica.status().customers == 0 {
            try SampleStore.fill(replica)
            logger.notice("The sample store is in the local copy.")
        }
        return replica
    }

    private static func makeDirectory(_ path: String) throws(EdgeError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        let reason = String(cString: strerror(errno))
        throw EdgeError(
            .stateUnusable,
            "The state directory \(path) is not there and cannot be made. Make it the edge's own, or name another in the "
                + "configuration (state).", cause: reason)
    }

    /// Commits what is under way and closes both files.
    func close() {
        journal.close()
        replica.close()
    }
}
