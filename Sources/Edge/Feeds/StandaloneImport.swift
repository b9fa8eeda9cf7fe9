import Customers
import Foundation
import Journal
import Logging
import Storage
import Systems
import Transport
package import Wire

/// Takes a file into a store's local copy while no edge runs.
package enum StandaloneImport {
    /// - Parameters:
    ///   - request: as an edge would take it.
    ///   - onFinding: is told what was found amiss with the store's files, and what to do: no later run finds it.
    ///   - onProgress: is told after each page.
    /// - Returns: what became of it.
    /// - Throws: ``EdgeError`` `stateUnusable`, when an edge runs among others, ``Systems/SystemsError`` for what is wrong
    ///   with the file, and ``Wire/Status`` for what is wrong with the request.
    package static func run(
        _ request: ImportRequest, into configuration: EdgeConfiguration, onFinding: (String) -> Void,
        onProgress: (ImportEvent) -> Void
    ) async throws -> ImportEvent {
        try EdgeFiles.makeDirectory(configuration.statePath)
        try EdgeFiles.checkKey(configuration)
        let journal = try openJournal(configuration)
        defer { journal?.close() }
        let health = EdgeHealth(logger: Logger(label: "countertop") { _ in SwiftLogNoOpLogHandler() })
        // Told whatever becomes of the copy.
        defer { for finding in health.findings { onFinding(finding.message) } }
        if let journal { health.opened(journal) }
        let replica = try open(configuration, memory: journal.map { JournalMemory(journal: $0) })
        defer { replica.close() }
        if let setAside = replica.setAside { health.replicaSetAside(setAside) }
        let plan = try ImportPlan(request, feeds: configuration.feeds, region: replica.region)
        let (intake, source) = (FeedIntake(feed: plan.feed, replica: replica), FileSource(plan.file))
        let progress = try await intake.take(source, anew: request.anew) { progress in
            onProgress(ImportEvent(progress))
            return true
        }
        return ImportEvent(last: progress)
    }

    /// A local copy that begins anew here has to refuse whom the store was asked to forget.
    /// - Returns: `nil` where no edge has run yet.
    private static func openJournal(_ configuration: EdgeConfiguration) throws(EdgeError) -> ScanJournal? {
        let path = configuration.statePath + "/journal.db"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            let vault = Vault(keys: try StoreKeys.loadOrCreate(at: configuration.keyPath))
            return try ScanJournal(path: path, vault: vault) { _ in }
        } catch let error as StorageError {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        } catch {
            throw EdgeError(
                .stateUnusable, "\(path) cannot be opened. Check the disk.", cause: SystemCause.words(error))
        }
    }

    private static func open(
        _ configuration: EdgeConfiguration, memory: JournalMemory?
    ) throws(EdgeError) -> Replica {
        do {
            let vault = Vault(keys: try StoreKeys.loadOrCreate(at: configuration.keyPath))
            return try Replica(
                path: configuration.statePath + "/replica.db", vault: vault, company: configuration.store.company,
                region: configuration.store.region, patterns: configuration.identifiers, memory: memory)
        } catch let error as StorageError {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        } catch let error as CustomersError {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        } catch {
            throw EdgeError(
                .stateUnusable, "The local copy of the customers cannot be opened. Check the disk.",
                cause: SystemCause.words(error))
        }
    }
}
