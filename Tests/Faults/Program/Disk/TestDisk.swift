import CTestDisk
import Synchronization

/// What SQLite does to the files of this process, call by call: it is written down, or refused as a bad disk does.
final class TestDisk: Sendable {
    static let shared = TestDisk()

    /// What is done to a file.
    enum Change: Sendable {
        case make
        case write([UInt8], at: Int)
        case cut(to: Int)
        case sync
        /// Whether it is gone for good.
        case remove(isSynced: Bool)
    }

    enum Event: Sendable {
        case call(path: String, Change)
        /// Somebody was told at this moment that something is done.
        case told([String])
    }

    /// Which calls fail.
    struct Refusal: Sendable {
        /// Calls that go well before.
        var after: Int
        /// Calls that fail then.
        var count: Int
        var kind: Kind
    }

    enum Kind: CaseIterable, Sendable {
        case full, broken

        /// https://www.sqlite.org/rescode.html
        fileprivate func code(of kind: test_disk_kind) -> Int32 {
            switch (self, kind) {
            // A full disk takes what needs no more room.
            case (.full, TEST_DISK_SYNC), (.full, TEST_DISK_CUT), (.full, TEST_DISK_REMOVE): 0
            case (.full, _): 13
            case (.broken, TEST_DISK_SYNC): 1_034
            case (.broken, TEST_DISK_CUT): 1_546
            case (.broken, TEST_DISK_REMOVE): 2_570
            case (.broken, _): 778
            }
        }
    }

    fileprivate struct State {
        var events: [Event]?
        var refusal: Refusal?
        var refused = 0
    }

    private let state = Mutex(State())

    /// Puts the layer in. Before the first connection, once in a process.
    func install() {
        let code = test_disk_install { kind, path, bytes, count, place in
            guard let path else { return 0 }
            return TestDisk.shared.asked(
                kind, String(cString: path), UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(count)),
                Int(place), flags: count)
        }
        precondition(code == 0, "SQLite takes no other file system")
    }

    // MARK: Writing down

    func record() { state.withLock { $0.events = [] } }

    /// - Returns: everything since ``record()``.
    func stop() -> [Event] {
        state.withLock { state in
            defer { state.events = nil }
            return state.events ?? []
        }
    }

    /// Notes what somebody was told, in its place among the calls.
    func told(_ words: [String]) { state.withLock { $0.events?.append(.told(words)) } }

    // MARK: Refusing

    /// - Parameter refusal: `nil` for a disk that is well again.
    /// - Returns: how many calls were refused since the last time.
    @discardableResult
    func refuse(_ refusal: Refusal?) -> Int {
        state.withLock { state in
            defer { (state.refusal, state.refused) = (refusal, 0) }
            return state.refused
        }
    }

    /// Runs something while every call that would change a file waits.
    func whileNothingIsWritten<T: Sendable>(_ body: () throws -> T) rethrows -> T {
        try state.withLock { _ in try body() }
    }

    private func asked(
        _ kind: test_disk_kind, _ path: String, _ bytes: UnsafeRawBufferPointer, _ place: Int, flags: Int32
    ) -> Int32 {
        state.withLock { state in
            if let code = state.refuses(kind) { return code }
            guard state.events != nil else { return 0 }
            let change: Change =
                switch kind {
                case TEST_DISK_MAKE: .make
                case TEST_DISK_WRITE: .write([UInt8](bytes), at: place)
                case TEST_DISK_CUT: .cut(to: place)
                case TEST_DISK_SYNC: .sync
                default: .remove(isSynced: flags != 0)
                }
            state.events?.append(.call(path: path, change))
            return 0
        }
    }
}

extension TestDisk.State {
    /// - Returns: the code of a call that fails.
    fileprivate mutating func refuses(_ kind: test_disk_kind) -> Int32? {
        guard var refusal, refusal.count > 0 else { return nil }
        let code = refusal.kind.code(of: kind)
        guard code != 0 else { return nil }
        defer { self.refusal = refusal }
        guard refusal.after == 0 else {
            refusal.after -= 1
            return nil
        }
        refusal.count -= 1
        refused += 1
        return code
    }
}
