import Synchronization

/// Whether a connection still takes requests, for whoever asks from another thread. It only ever changes once.
final class OpenMark: Sendable {
    private let isSet = Atomic(true)

    var isOpen: Bool { isSet.load(ordering: .acquiring) }

    func close() {
        isSet.store(false, ordering: .releasing)
    }
}
