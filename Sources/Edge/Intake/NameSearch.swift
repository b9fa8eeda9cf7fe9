import Customers
import NIOPosix
import Synchronization
import Wire

/// Searches customers by name on a thread and a connection of its own: a search may take tens of milliseconds, for which
/// no scan and no other till waits.
final class NameSearch: Sendable {
    /// Searches that may be under way or wait for their turn.
    static let searchesMax = 32

    private let reader: Mutex<ReplicaReader>
    private let thread: NIOThreadPool
    private let waiting = Atomic(0)
    private let onFault: @Sendable ((any Error)?) -> Void

    /// - Parameter onFault: is told when the replica cannot be read, and with `nil` when it was read.
    init(_ replica: Replica, onFault: @escaping @Sendable ((any Error)?) -> Void) throws {
        reader = Mutex(try replica.makeReader())
        thread = NIOThreadPool(numberOfThreads: 1)
        self.onFault = onFault
        thread.start()
    }

    /// See ``Customers/ReplicaReader/search(name:limit:)``.
    func find(
        name: String, limit: Int
    ) async throws(Status) -> (customers: [Customers.Customer], more: Bool, provenance: Customers.Provenance) {
        let (before, _) = waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard before < Self.searchesMax else {
            throw Status(.tooManySearches, "Too many searches wait for the edge. Search again.")
        }
        do {
            return try await thread.runIfActive { try self.search(name: name, limit: limit) }
        } catch {
            throw Status(replica: error)
        }
    }

    private func search(
        name: String, limit: Int
    ) throws -> (customers: [Customers.Customer], more: Bool, provenance: Customers.Provenance) {
        let found = reader.withLock { reader in
            // Nobody searches all the time, and a checkpoint waits for whoever reads.
            defer { reader.releaseRead() }
            return Result { try reader.search(name: name, limit: limit) }
        }
        switch found {
        case .success: onFault(nil)
        case .failure(let error):
            // A search that cannot be answered says nothing of the replica.
            if (error as? CustomersError)?.code != .searchTooShort { onFault(error) }
        }
        return try found.get()
    }

    /// Lets the search under way end, and takes no other.
    func close() async {
        try? await thread.shutdownGracefully()
    }
}
