import Synchronization

/// What a replica and its readers tell each other: whether the file may be read, and which records in it cannot be.
final class ReplicaStanding: Sendable {
    /// Even while a file is in use, odd from when it is known to be broken until another is in its place.
    private let turn = Atomic(0)
    /// The customers whose records did not open, by their numbers in the file.
    private let unreadable = Mutex<Set<Int64>>([])

    private let awaited = Mutex<Set<String>>([])

    /// The feeds without which the copy is not complete.
    var awaitedFeeds: Set<String> {
        get { awaited.withLock { $0 } }
        set { awaited.withLock { $0 = newValue } }
    }

    var generation: Int { turn.load(ordering: .acquiring) }

    static func isBroken(_ generation: Int) -> Bool { !generation.isMultiple(of: 2) }

    /// The file is known to be broken: no reader answers from it any more.
    func breakDown() {
        let present = generation
        if !ReplicaStanding.isBroken(present) { turn.store(present + 1, ordering: .releasing) }
    }

    /// Another file is in the place of the broken one.
    func renew() {
        unreadable.withLock { $0.removeAll() }
        turn.store(generation + 1, ordering: .releasing)
    }

    func cannotRead(_ customer: Int64) {
        unreadable.withLock { customers in
            if customers.count < CustomersLimits.unreadableCounted { customers.insert(customer) }
        }
    }

    /// The customers' records were written anew, or are gone.
    func replaced(_ customers: [Int64]) {
        guard !customers.isEmpty else { return }
        unreadable.withLock { $0.subtract(customers) }
    }

    /// Records that cannot be read, as far as anybody has asked for them.
    var unreadableRecords: Int { unreadable.withLock { $0.count } }
}
