import Dispatch
import Synchronization
import Testing

/// What happened, in the order in which it did. Threads note, a test waits.
final class Notes<Note: Sendable>: Sendable {
    private let notes = Mutex<[Note]>([])
    private let changed = DispatchSemaphore(value: 0)

    var all: [Note] { notes.withLock { $0 } }

    func note(_ note: Note) {
        notes.withLock { $0.append(note) }
        changed.signal()
    }

    /// Waits until there are so many in all. The time is what a test that hangs may cost, not what it needs.
    func wait(for count: Int, _ place: SourceLocation = #_sourceLocation) {
        while all.count < count {
            guard changed.wait(timeout: .now() + .seconds(100)) == .success else {
                Issue.record("only \(all.count) of \(count) came", sourceLocation: place)
                return
            }
        }
    }
}
