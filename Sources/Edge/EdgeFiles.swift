import Customers
import Foundation
import Glibc
import Journal
import Logging
import Storage
import Systems
import Transport

/// The edge's files: the replica and the journal, sealed under the store's key.
struct EdgeFiles: Sendable {
    let replica: Replica
    let journal: ScanJournal
    /// The keys under which they were opened.
    let keys: StoreKeys
    /// What seals the store's other files at their opening.
    let vault: Vault

    /// Opens the files, or makes them.
    /// - Throws: ``EdgeError`` `stateUnusable`.
    static func open(
        _ configuration: EdgeConfiguration, health: EdgeHealth, time: StoreTime = .real, logger: Logger
    ) throws(EdgeError) -> EdgeFiles {
        do {
            try makeDirectory(configuration.statePath)
            try checkKey(configuration)
            let keys = try StoreKeys.loadOrCreate(at: configuration.keyPath)
            let vault = Vault(keys: keys)
            var limits = configuration.retention.limits(JournalLimits())
            limits.keptScansMax = UInt64(configuration.scans.keptMax)
            let journal = try ScanJournal(
                path: configuration.statePath + "/journal.db", vault: vault, limits: limits
            ) { health.journal($0) }
            health.opened(journal)
            let replica = try openReplica(
                configuration, vault: vault, memory: JournalMemory(journal: journal), health: health, time: time,
                logger: logger)
            return EdgeFiles(replica: replica, journal: journal, keys: keys, vault: vault)
        } catch let error as EdgeError {
            throw error
        } catch let error as StorageError {
            let isOfKey = [.keyMissing, .keyMalformed, .keyPermissions, .sealBroken].contains(error.code)
            throw EdgeError(isOfKey ? .keyUnusable : .stateUnusable, error.message, cause: error.cause)
        } catch let error as CustomersError {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        } catch {
            throw EdgeError(
                .stateUnusable, "The files in \(configuration.statePath) cannot be opened. Check the disk.",
                cause: SystemCause.words(error))
        }
    }

    private static func openReplica(
        _ configuration: EdgeConfiguration, vault: Vault, memory: JournalMemory, health: EdgeHealth, time: StoreTime,
        logger: Logger
    ) throws -> Replica {
        let replica = try Replica(
            path: configuration.statePath + "/replica.db", vault: vault, company: configuration.store.company,
            region: configuration.store.region, patterns: configuration.identifiers, memory: memory,
            now: { time.now().wall })
        if let setAside = replica.setAside { health.replicaSetAside(setAside) }
        if configuration.sampleStore, try replica.status().customers == 0 {
            try SampleStore.fill(replica)
            logger.notice("The sample store is in the local copy.")
        }
        try noteSources(of: replica, configuration, health)
        return replica
    }

    private static func noteSources(
        of replica: Replica, _ configuration: EdgeConfiguration, _ health: EdgeHealth
    ) throws {
        guard !configuration.sampleStore else { return }
        let feeds = try replica.feeds().map(\.name)
        let hasSample = feeds.contains(SampleStore.feed)
        health.note(
            "SAMPLE_STORE_PRESENT",
            hasSample
                ? "The made-up customers of the sample store are in the local copy, though sample_store is off. Stop the edge, "
                    + "move \(replica.path) away, and start it again." : nil)
        health.note(
            "SOURCE_MISSING",
            hasSample || !feeds.isEmpty || !configuration.feeds.isEmpty
                ? nil
                : "No source of customers is configured, so nobody is recognised. Add feeds to the configuration, or "
                    + "import a file (countertop customers import); sample_store: true is for a trial.")
    }

    /// A key is made only where nothing was sealed under another one.
    /// - Throws: ``EdgeError`` `keyUnusable`.
    static func checkKey(_ configuration: EdgeConfiguration) throws(EdgeError) {
        let names = StateFile.all.filter(\.isSealed).map { configuration.statePath + "/" + $0.name }
        let present = names.filter { access($0, F_OK) == 0 }
        guard access(configuration.keyPath, F_OK) != 0, errno == ENOENT, !present.isEmpty else { return }
        throw EdgeError(
            .keyUnusable,
            "The key file \(configuration.keyPath) is missing, and \(present.joined(separator: ", ")) cannot be read "
                + "without it. Put the key back from its copy; only when the data may be lost, move these files away.")
    }

    static func makeDirectory(_ path: String) throws(EdgeError) {
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
