import Journal

/// How long the edge keeps what it knows of people. The defaults are in `countertop.yaml`, with what they are for.
package struct Retention: Sendable, Equatable {
    /// A scan that a till has acknowledged, and one that none has.
    package var scansDays = 7
    package var unacknowledgedScansDays = 14
    /// What tills were answered, so that a call that is made again is not carried out twice.
    package var answersDays = 30
    /// An entry of the outbox that came to its end.
    package var outboxDays = 30
    /// A use of a benefit: longer than one can be used.
    package var redemptionsDays = 800
    /// The keyed mark of an erased customer, which keeps late records from bringing him back.
    package var tombstonesDays = 1_095
    /// A card of the store's own after it was revoked or replaced.
    package var endedCardsDays = 365
    /// A customer whom the store enrolled, with what was agreed to, from the enrolment on; `nil` for as long as he is one.
    package var membersDays: Int?
    /// Who did what.
    package var auditDays = 365

    static let standard = Retention()

    /// The bounds of the journal with these.
    func limits(_ limits: JournalLimits) -> JournalLimits {
        func days(_ days: Int) -> Duration { .seconds(days * 86_400) }
        var limits = limits
        limits.keptFor = days(scansDays)
        limits.unacknowledgedKeptFor = days(unacknowledgedScansDays)
        limits.operationsKeptFor = days(answersDays)
        limits.outboxKeptFor = days(outboxDays)
        limits.redemptionsKeptFor = days(redemptionsDays)
        return limits
    }
}

extension Retention {
    /// Reads `retention`.
    init(_ section: ConfigurationReader) throws {
        try section.allowOnly([
            "scans_days", "unacknowledged_scans_days", "answers_days", "outbox_days", "redemptions_days",
            "tombstones_days", "ended_cards_days", "members_days", "audit_days",
        ])
        scansDays = try section.integer("scans_days", in: 1...365) ?? scansDays
        unacknowledgedScansDays =
            try section.integer("unacknowledged_scans_days", in: 1...365) ?? max(unacknowledgedScansDays, scansDays)
        guard unacknowledgedScansDays >= scansDays else {
            throw section.mistake(
                "'retention.unacknowledged_scans_days' is less than scans_days: what no till has taken is kept at least as "
                    + "long as what one has.", atValueOf: "unacknowledged_scans_days")
        }
        answersDays = try section.integer("answers_days", in: 1...400) ?? answersDays
        outboxDays = try section.integer("outbox_days", in: 7...400) ?? outboxDays
        redemptionsDays = try section.integer("redemptions_days", in: 30...3_650) ?? redemptionsDays
        tombstonesDays = try section.integer("tombstones_days", in: 30...3_650) ?? tombstonesDays
        endedCardsDays = try section.integer("ended_cards_days", in: 1...3_650) ?? endedCardsDays
        membersDays = try section.integer("members_days", in: 1...3_650)
        auditDays = try section.integer("audit_days", in: 7...3_650) ?? auditDays
    }
}
