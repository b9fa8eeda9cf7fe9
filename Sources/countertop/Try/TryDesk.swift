import CountertopClient
import Foundation
import Synchronization

/// What the till of `countertop try` knows: its lanes as they stand, the last scans, and what it has to say.
final class TryDesk: Sendable {
    /// How many scans are shown.
    static let scansShownMax = 4

    private struct State {
        var lane: String
        var states: [String: Lane] = [:]
        var scans: [String: [Scan]] = [:]
        var waiting: [String: [Customer]] = [:]
        var message = "Type a code and press Enter to scan it. Type \"help\" for what to try."
        var lastBasket = 1_000
    }

    private let store: String
    private let lanes: [String]
    private let state: Mutex<State>

    init(store: String, lanes: [String]) {
        self.store = store
        self.lanes = lanes
        state = Mutex(State(lane: lanes.first ?? ""))
    }

    /// The lane that is shown and scanned in.
    var lane: String { state.withLock(\.lane) }

    /// The lane's open basket.
    var basket: Basket? {
        state.withLock { state in
            state.states[state.lane]?.basket.flatMap { $0.state == .open ? $0 : nil }
        }
    }

    /// Who waits for the cashier's decision.
    var waiting: [Customer] { state.withLock { $0.waiting[$0.lane] ?? [] } }

    /// A customer was chosen who cannot be put into the basket without a further word.
    func chose(_ customer: Customer) {
        state.withLock { $0.waiting[$0.lane] = [customer] }
    }

    func choose(_ lane: String) -> Bool {
        guard lanes.contains(lane) else { return false }
        state.withLock { $0.lane = lane }
        return true
    }

    func nextBasket() -> String {
        state.withLock { state in
            state.lastBasket += 1
            return String(state.lastBasket)
        }
    }

    func say(_ message: String) {
        state.withLock { $0.message = message }
    }

    func take(_ event: LaneEvent, lane: String) {
        state.withLock { state in
            switch event.event {
            case .lane(let new): state.states[lane] = new
            case .scan(let scan):
                state.scans[lane] = ((state.scans[lane] ?? []) + [scan]).suffix(Self.scansShownMax)
                state.waiting[lane] = Self.choices(scan)
                state.message = ""
            case .gap, .followUp, nil: break
            }
        }
    }

    private static func choices(_ scan: Scan) -> [Customer] {
        guard let resolution = scan.resolution else { return [] }
        if scan.attachment == .confirmReplace { return resolution.customer.map { [$0] } ?? [] }
        return resolution.candidates
    }

    /// What is to be drawn.
    func view() -> TryView {
        state.withLock { state in
            TryView(
                store: store, lanes: lanes, lane: state.states[state.lane] ?? Lane(name: state.lane),
                scans: state.scans[state.lane] ?? [], waiting: state.waiting[state.lane] ?? [],
                message: state.message)
        }
    }
}
