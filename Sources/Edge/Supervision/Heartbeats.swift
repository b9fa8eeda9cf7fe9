/// The rule by which the service manager's watchdog is fed: only when everyone whose work a store waits for has answered
/// since the time before.
///
/// Each party has one question at most under way, however long it takes to answer.
struct Heartbeats: Sendable {
    /// Who has to show that it still works.
    enum Party: String, CaseIterable, Sendable {
        /// Tills are served on it, and lanes live there.
        case eventLoop = "event loop"
        /// Scans come in on it.
        case usbThread = "USB thread"
    }

    enum Action: Equatable, Sendable {
        /// Ask these for a beat.
        case ask([Party])
        /// All have answered: tell the watchdog.
        case feed
        /// These have not answered for long. The service manager ends the process when that goes on.
        case stuck([Party])
        /// Everyone answers again.
        case recovered
    }

    /// After how many turns without an answer a party is called stuck.
    private let stuckTurns: Int
    private var turns: [Party: Int] = [:]
    /// Who has not been asked, or could not be.
    private var unasked = Set(Party.allCases)
    private var isFirst = true
    private var isStuck = false

    /// - Parameter stuckTurns: after how many turns without an answer a party is called stuck.
    init(stuckTurns: Int = 2) {
        self.stuckTurns = stuckTurns
    }

    /// A party has answered.
    mutating func beat(_ party: Party) {
        turns[party] = nil
    }

    /// A party could not be asked, because more waits for it than may.
    mutating func refused(_ party: Party) {
        unasked.insert(party)
    }

    /// The time for a look has come.
    mutating func turn() -> [Action] {
        var actions: [Action] = []
        let waited = turns.filter { $0.value >= stuckTurns }.map(\.key).sorted { $0.rawValue < $1.rawValue }
        if turns.isEmpty {
            if !isFirst { actions.append(.feed) }
            if isStuck { actions.append(.recovered) }
            isStuck = false
            unasked = Set(Party.allCases)
        } else if !waited.isEmpty, !isStuck {
            isStuck = true
            actions.append(.stuck(waited))
        }
        isFirst = false
        for party in turns.keys { turns[party, default: 0] += 1 }
        for party in unasked { turns[party, default: 0] = max(1, turns[party, default: 0]) }
        let asked = Party.allCases.filter(unasked.contains)
        unasked = []
        if !asked.isEmpty { actions.append(.ask(asked)) }
        return actions
    }
}
