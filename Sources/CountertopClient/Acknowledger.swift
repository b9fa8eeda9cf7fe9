import Synchronization

/// Tells the edge which scans are applied, one call at a time: what is noted meanwhile goes with the next.
final class Acknowledger: Sendable {
    /// How long one call may take. A till that could not tell tells with its next scan.
    static let deadline = Duration.seconds(2)

    private struct State {
        var next: ScanPosition?
        var task: Task<Void, Never>?
    }

    private let lanes: LaneCalls
    private let lane: String
    private let state = Mutex(State())

    init(_ lanes: LaneCalls, lane: String) {
        self.lanes = lanes
        self.lane = lane
    }

    func note(_ scan: ScanPosition) {
        state.withLock { state in
            state.next = scan
            if state.task == nil { state.task = Task { await self.run() } }
        }
    }

    /// Waits until what was noted is told, or could not be.
    func finish() async {
        await state.withLock(\.task)?.value
    }

    private func run() async {
        while let scan = next() {
            // One that fails is made good by the next; and nothing is lost without it.
            try? await lanes.acknowledge(lane: lane, scan, deadline: Self.deadline)
        }
    }

    private func next() -> ScanPosition? {
        state.withLock { state in
            defer { state.next = nil }
            if state.next == nil { state.task = nil }
            return state.next
        }
    }
}
