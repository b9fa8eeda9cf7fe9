import Customers
import NIOPosix
import Synchronization
import Wire

/// Searches customers by name on a thread and a connection of its own: a search may take tens of milliseconds, for which
/// no scan and no other till waits.
final class NameSearch: Sendable {
    /// Searches that may be under way or wait for their turn, of all callers and of one: a cashier types one name.
    static let searchesMax = 32
    static let searchesOfCallerMax = 4

    private let reader: Mutex<ReplicaReader>
    private let thread: NIOThreadPool
    /// How many searches each caller has here.
    private let waiting = Mutex<[String: Int]>([:])
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
        name: String, limit: Int, by caller: String
    ) async throws(Status) -> (customers: [Customers.Customer], more: Bool, provenance: Customers.Provenance) {
        guard waiting.withLock({ Self.enter(caller, &$0) }) else {
            throw Status(.tooManySearches, "Too many searches wait for the edge. Search again.")
        }
        defer { waiting.withLock { Self.leave(caller, &$0) } }
        do {
            return try await thread.runIfActive { try self.search(name: name, limit: limit) }
        } catch {
            throw Status(replica: error)
        }
    }

    /// - Returns: whether there is a place for one more search of this caller.
    static func enter(_ caller: String, _ waiting: inout [String: Int]) -> Bool {
        let own = waiting[caller] ?? 0
        guard own < searchesOfCallerMax, waiting.values.reduce(0, +) < searchesMax else { return false }
        waiting[caller] = own + 1
        return true
    }

    static func leave(_ caller: String, _ waiting: inout [String: Int]) {
        guard let own = waiting[caller] else { return }
        waiting[caller] = own > 1 ? own - 1 : nil
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
