import Synchronization

/// What runs beside the tills from the edge's start to its stop.
final class Runners: Sendable {
    private let tasks = Mutex<[Task<Void, Never>]>([])

    /// Begins to run something, which ends when its task is cancelled.
    func start(_ run: @escaping @Sendable () async -> Void) {
        tasks.withLock { $0.append(Task { await run() }) }
    }

    /// Ends everything that runs, and waits for its end.
    func stop() async {
        let running = tasks.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in running { task.cancel() }
        for task in running { await task.value }
    }
}
