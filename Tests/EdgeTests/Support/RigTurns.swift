/// Lets a few edges run at once: each has dozens of files and sockets open, and a process may have a thousand.
actor RigTurns {
    static let shared = RigTurns()
    static let edgesMax = 4

    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func begin() async {
        if running < Self.edgesMax {
            running += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func end() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}
