import Customers
import Foundation
import Journal
import Storage
import Wire

/// The store's benefits: what the local copy says a customer may use, and the ledger of what was. Changes come one after
/// another, on one queue, so that two lanes never take the same use.
struct StoreBenefits: Sendable {
    /// How long a reservation lasts.
    static let keptFor: TimeInterval = 15 * 60
    /// What the outbox calls a use and a return of it.
    static let (redeemedKind, releasedKind) = ("benefit_redeemed", "benefit_released")

    let recogniser: Recogniser
    let journal: ScanJournal
    /// Whether a system takes entries of the outbox under a feed's name.
    let isServed: @Sendable (String) -> Bool
    let now: @Sendable () -> Date
    /// As whom a customer goes on who is gone from the local copy this moment, and whose uses are about to go on as that one's.
    var successor: @Sendable (String) -> String? = { _ in nil }
    /// Who goes on as a customer this moment, and whose uses are not all his yet.
    var predecessors: @Sendable (String) -> [String] = { _ in [] }
    /// The systems that know of benefits.
    let systems: StoreSystems
    /// What they said last.
    let live = LiveBenefits()
    let times = ReservationTimes(longest: StoreBenefits.keptFor)
    /// Changes of the ledger, one after another.
    let queue = DiskQueue("benefits")

    /// A customer's benefits with what is left of each.
    func list(_ customer: String) throws(Status) -> ListBenefitsAnswer {
        let (found, provenance) = try self.customer(customer)
        let uses = try uses(of: customer)
        let time = now()
        return ListBenefitsAnswer(
            benefits: live.known(found).benefits.map { benefit in
                let account = BenefitAccount(benefit, uses: uses[benefit.id] ?? [])
                return Wire.Benefit(benefit, account, now: time)
            }, provenance: Wire.Provenance(live.provenance(of: customer, now: time) ?? provenance))
    }

    /// - Parameter operation: the operation id of the till.
    func reserve(_ request: ReserveBenefitRequest, operation: [UInt8]) throws(Status) -> Journal.Redemption {
        let id = journal.redemptions.id(lane: request.lane, operation: operation)
        if let known = try redemption(id) {
            guard known.customer == request.customer, known.benefit == request.benefit, known.basket == request.basket
            else {
                throw Status(
                    .operationReused,
                    "Another call in lane \(request.lane) had this operation id. Make a new id for each call that is not "
                        + "a retry.")
            }
            return known
        }
        let (found, provenance) = try customer(request.customer)
        guard let benefit = live.known(found).benefits.first(where: { $0.id == request.benefit }) else {
            throw Status(
                .benefitUnknown, "The customer has no benefit with that id. List the customer's benefits again.")
        }
        let time = now()
        guard live.allows(benefit, of: request.customer) else {
            throw Status(
                .systemAway,
                "This benefit may be used a number of times, and its system cannot be asked whether it still may. Sell without "
                    + "it, or try later.")
        }
        let all = try uses(of: request.customer)
        // What is beyond the bound is not known, and might be this benefit's use.
        guard all.values.reduce(0, { $0 + $1.count }) < JournalLimits.redemptionsReadMax else {
            throw Status(
                .benefitUsed,
                "The ledger holds \(JournalLimits.redemptionsReadMax) uses of this customer, as many as are counted.")
        }
        guard try hasRoom() else {
            throw Status(
                .ledgerFull,
                "The ledger holds as many uses of benefits as it may, so no further one is reserved. Uses go when they are "
                    + "800 days old; tell whoever runs the store's benefits.")
        }
        let account = BenefitAccount(benefit, uses: all[benefit.id] ?? [])
        let use: BenefitUse
        do throws(BenefitAccount.Refusal) {
            use = try account.reserved(lane: request.lane, now: time, keptFor: Self.keptFor)
        } catch {
            throw Status(error)
        }
        let redemption = Journal.Redemption(
            id: id, customer: request.customer, benefit: benefit.id, lane: request.lane, basket: request.basket,
            source: provenance.source, state: use.state.rawValue, expiresAt: use.expiresAt, changedAt: time)
        try write(redemption, [])
        _ = times.left(of: id, expiresAt: use.expiresAt, now: time)
        return redemption
    }

    func redeem(_ request: RedeemBenefitRequest) throws(Status) -> Journal.Redemption {
        try redeem(try known(request.redemption, lane: request.lane))
    }

    func redeem(_ known: Journal.Redemption) throws(Status) -> Journal.Redemption {
        var redemption = known
        let time = now()
        let use = use(redemption, time)
        // The customer may be gone from the copy meanwhile, and the benefit with him: what was promised is kept.
        let found = presentCustomer(redemption.customer)
        let benefit = found.flatMap { live.known($0.0).benefits.first { $0.id == redemption.benefit } }
        let uses = try uses(of: redemption.customer)[redemption.benefit] ?? []
        let account = BenefitAccount(
            benefit ?? Customers.Benefit(id: redemption.benefit, title: "", usesMax: 0), uses: uses)
        let used: BenefitUse
        do throws(BenefitAccount.Refusal) {
            used = try account.redeemed(use, now: time)
        } catch {
            throw Status(error)
        }
        guard used != use else { return redemption }
        (redemption.state, redemption.changedAt) = (used.state.rawValue, time)
        try write(redemption, drafts(redemption, Self.redeemedKind, found?.0))
        times.forget(redemption.id)
        return redemption
    }

    func release(_ request: ReleaseBenefitRequest) throws(Status) -> Journal.Redemption {
        try release(try known(request.redemption, lane: request.lane))
    }

    func release(_ known: Journal.Redemption) throws(Status) -> Journal.Redemption {
        var redemption = known
        let use = use(redemption, now())
        guard use.state != .released else { return redemption }
        (redemption.state, redemption.changedAt) = (BenefitUse.State.released.rawValue, now())
        let isKnownOutside = use.state == .redeemed
        let found = presentCustomer(redemption.customer)
        let drafts = isKnownOutside ? drafts(redemption, Self.releasedKind, found?.0) : []
        try write(redemption, drafts)
        times.forget(redemption.id)
        return redemption
    }

    // MARK: What is known

    private func customer(_ id: String) throws(Status) -> (Customers.Customer, Customers.Provenance) {
        let found: (Customers.Customer, Customers.Provenance)?
        do {
            found = try recogniser.ask { try $0.customer(id: id) }
        } catch {
            throw Status(replica: error)
        }
        guard let found else {
            throw Status(
                .customerUnknown, "The local copy has no customer with that id. It may have been removed or merged.")
        }
        return found
    }

    /// A customer, or as whom he goes on.
    private func presentCustomer(_ id: String) -> (Customers.Customer, Customers.Provenance)? {
        (try? customer(id)) ?? successor(id).flatMap { try? customer($0) }
    }

    private func uses(of customer: String) throws(Status) -> [String: [BenefitUse]] {
        let all: [Journal.Redemption]
        do throws(StorageError) {
            all = try journal.redemptions.redemptions(of: customer, but: BenefitUse.State.released.rawValue)
        } catch {
            throw Status(.journalUnreadable, error.message)
        }
        let time = now()
        return Dictionary(grouping: all, by: \.benefit).mapValues { $0.map { use($0, time) } }
    }

    /// A use as the rules see it.
    private func use(_ redemption: Journal.Redemption, _ time: Date) -> BenefitUse {
        var use = BenefitUse(
            state: BenefitUse.State(rawValue: redemption.state) ?? .redeemed, lane: redemption.lane,
            expiresAt: redemption.expiresAt)
        if use.state == .reserved {
            use.expiresAt = time + times.left(of: redemption.id, expiresAt: redemption.expiresAt, now: time)
        }
        return use
    }

    private func hasRoom() throws(Status) -> Bool {
        do throws(StorageError) {
            return try journal.redemptions.hasRoom()
        } catch {
            throw Status(.journalUnreadable, error.message)
        }
    }

    private func redemption(_ id: [UInt8]) throws(Status) -> Journal.Redemption? {
        do throws(StorageError) {
            return try journal.redemptions.redemption(id)
        } catch {
            throw Status(.journalUnreadable, error.message)
        }
    }

    private func known(_ id: [UInt8], lane: String) throws(Status) -> Journal.Redemption {
        guard let known = try redemption(id) else {
            throw Status(.redemptionUnknown, "The ledger has no redemption with that id. Reserve the benefit first.")
        }
        guard known.lane == lane else {
            throw Status(
                .redemptionUnknown, "The ledger has that redemption in lane \(known.lane). Redeem or release it there.")
        }
        return known
    }

    // MARK: What is written

    private func write(_ redemption: Journal.Redemption, _ drafts: [OutboxDraft]) throws(Status) {
        do throws(StorageError) {
            try journal.redemptions.write(redemption, outbox: drafts)
        } catch {
            throw Status(
                .journalUnreadable,
                "The ledger cannot be written, so the benefit is not given: it might be given twice. \(error.message)")
        }
    }

    /// - Parameter customer: `nil` when the local copy does not have them any more.
    private func drafts(
        _ redemption: Journal.Redemption, _ kind: String, _ customer: Customers.Customer?
    ) -> [OutboxDraft] {
        let isUsed = kind == Self.redeemedKind
        if let customer, let draft = systems.draft(redemption, isUsed: isUsed, of: customer) { return [draft] }
        let source = redemption.source
        guard isServed(source) else { return [] }
        let draft = OutboxDraft(
            system: source, kind: kind, operation: redemption.id + Array(kind.utf8), subject: redemption.customer,
            payload: Wire.Redemption(redemption).packed())
        return [draft]
    }
}

extension Status {
    fileprivate init(_ refusal: BenefitAccount.Refusal) {
        switch refusal {
        case .reserved(let lane):
            self.init(.benefitReserved, "Lane \(lane) keeps this benefit for its basket at present.")
        case .usedUp: self.init(.benefitUsed, "The customer has used this benefit as often as it may be.")
        case .notYet: self.init(.benefitNotValid, "This benefit cannot be used yet.")
        case .over: self.init(.benefitNotValid, "This benefit's time is over.")
        case .released: self.init(.redemptionReleased, "This use was given back. Reserve the benefit again.")
        }
    }
}

extension WireReason {
    /// The customer has no benefit with that id.
    static let benefitUnknown = WireReason("BENEFIT_UNKNOWN", .notFound)
    /// The ledger holds as many uses as it may.
    static let ledgerFull = WireReason("LEDGER_FULL", .resourceExhausted)
    /// Another lane keeps the benefit.
    static let benefitReserved = WireReason("BENEFIT_RESERVED", .failedPrecondition)
    /// The benefit was used as often as it may be.
    static let benefitUsed = WireReason("BENEFIT_USED", .failedPrecondition)
    /// The benefit's time has not come, or is over.
    static let benefitNotValid = WireReason("BENEFIT_NOT_VALID", .failedPrecondition)
    /// The ledger has no redemption with that id.
    static let redemptionUnknown = WireReason("REDEMPTION_UNKNOWN", .notFound)
    /// The use was given back.
    static let redemptionReleased = WireReason("REDEMPTION_RELEASED", .failedPrecondition)
}
