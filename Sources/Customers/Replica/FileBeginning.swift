import Synchronization

/// Whether a replica's file has what no source gives, as far as this run knows.
final class FileBeginning: Sendable {
    private let isLaid = Atomic(false)

    var isDone: Bool { isLaid.load(ordering: .acquiring) }

    func done() { isLaid.store(true, ordering: .releasing) }
}
