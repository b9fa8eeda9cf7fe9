import Transport

/// What waits to be written to the files of one kind, and who caused as many lines as may be.
struct AuditPile: Sendable {
    private(set) var entries: [AuditEntry] = []
    /// Entries for which there was no room.
    private(set) var dropped = 0
    /// How much more each caller did than is written.
    private(set) var surplus: [AuditSurplus: Int] = [:]
    private var lines: SourceAllowances
    private let limits: AuditLimits
    private var surplusWrittenAt: Duration?

    init(_ limits: AuditLimits) {
        self.limits = limits
        lines = SourceAllowances(limits.lines, sourcesMax: limits.callersMax)
    }

    var isEmpty: Bool { entries.isEmpty && dropped == 0 && surplus.isEmpty }

    mutating func add(_ entry: AuditEntry, now: Duration) {
        guard lines.wait(of: entry.caller, now: now) == .zero else {
            let key = AuditSurplus(caller: entry.caller, role: entry.role)
            // A stranger has no id, and a caller has one role: there are no more keys than callers.
            if surplus[key] != nil || surplus.count < limits.callersMax {
                surplus[key, default: 0] += 1
            } else {
                dropped += 1
            }
            return
        }
        guard entries.count < limits.entriesMax else {
            dropped += 1
            return
        }
        lines.spend(entry.caller, now: now)
        entries.append(entry)
    }

    /// What is to be written now. Surpluses wait for their time, unless all is to be written.
    mutating func take(now: Duration, all: Bool) -> AuditPile {
        var taken = self
        (entries, dropped) = ([], 0)
        if all || surplusWrittenAt.map({ now - $0 >= limits.surplusWait }) ?? true {
            if !surplus.isEmpty { surplusWrittenAt = now }
            surplus = [:]
        } else {
            taken.surplus = [:]
        }
        return taken
    }
}
