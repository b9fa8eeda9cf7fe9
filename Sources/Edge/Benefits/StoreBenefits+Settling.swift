import Customers
import Foundation
import Journal
import Logging
import Storage
import Transport
import Wire

extension StoreBenefits {
    /// How a customer's part in a basket ended.
    struct Ending: Sendable {
        let lane: String
        let basket: String
        let customer: String
        /// Whether what was reserved is used; it is given back otherwise.
        let isPaid: Bool
        /// Whether what was reserved in the lane without a basket's number is this one's.
        var takesUnnamed = true

        /// - Returns: `nil` for a basket that goes on, such as a parked one: its reservations last as long as they do.
        init?(lane: String, basket: String, customer: String, outcome: BasketOutcome) {
            guard outcome == .paid || outcome == .voided else { return nil }
            self.init(lane: lane, basket: basket, customer: customer, isPaid: outcome == .paid)
        }

        init(lane: String, basket: String, customer: String, isPaid: Bool) {
            self.lane = lane
            self.basket = basket
            self.customer = customer
            self.isPaid = isPaid
        }
    }

    /// Uses or gives back what the customer's basket had reserved and its till has not settled itself.
    /// - Parameter caller: who ended it.
    func settle(_ ending: Ending, for caller: Caller, audit: AuditLog, logger: Logger) {
        queue.note { [self] in
            do throws(Status) {
                for redemption in try reserved(ending) {
                    _ = ending.isPaid ? try redeem(redemption) : try release(redemption)
                    let call = ending.isPaid ? "Benefits/Redeem" : "Benefits/Release"
                    audit.note(caller, call, lane: ending.lane, customer: ending.customer)
                }
            } catch {
                logger.error(
                    "What a basket had reserved is not settled in the ledger. Look: countertop customers export.",
                    metadata: ["lane": "\(ending.lane)", "customer": "\(ending.customer)", "cause": "\(error)"])
            }
        }
    }

    /// Waits until what ended so far is settled.
    func awaitSettled() { queue.wait() }

    private func reserved(_ ending: Ending) throws(Status) -> [Journal.Redemption] {
        var all: [Journal.Redemption] = []
        do throws(StorageError) {
            // Those first whose uses are being handed over: what goes over in between is found at the second look.
            for customer in predecessors(ending.customer) + [ending.customer] {
                for use in try journal.redemptions.redemptions(of: customer)
                where !all.contains(where: { $0.id == use.id }) {
                    all.append(use)
                }
            }
        } catch {
            throw Status(.journalUnreadable, error.message)
        }
        return all.filter { redemption in
            redemption.state == BenefitUse.State.reserved.rawValue && redemption.lane == ending.lane
                && (redemption.basket == ending.basket || (redemption.basket.isEmpty && ending.takesUnnamed))
        }
    }
}

extension LaneHost {
    /// How the lane's last basket ended, for a ledger that may not know it: the edge may have ended just then.
    var lastEnding: StoreBenefits.Ending? {
        guard let lastClosed, let customer = lastClosed.customer?.id, let outcome = lastClosed.closing?.outcome else {
            return nil
        }
        return StoreBenefits.Ending(lane: lane.name, basket: lastClosed.id, customer: customer, outcome: outcome)
    }
}
