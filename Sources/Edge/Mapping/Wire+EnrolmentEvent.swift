import Customers
import Systems
import Wire

extension EnrolmentEvent {
    /// How an enrolment stands.
    init(_ enrolment: Enrolment) {
        self.init(
            enrolment: enrolment.id, lane: enrolment.lane, state: EnrolmentState(enrolment.state),
            message: enrolment.state.words, bindingMessage: enrolment.binding,
            expiresAtUnixMs: enrolment.expiresAt?.unixMilliseconds ?? 0)
        switch enrolment.state {
        case .done(let found, let wasBefore):
            customer = Wire.Customer(inEvent: found)
            wasMember = wasBefore
        case .choose(let customers): candidates = customers.map(Wire.Customer.init(choice:))
        case .tooMany(let pause):
            retryAfterMs = pause.map { UInt32(clamping: Int64($0 / .milliseconds(1))) } ?? 0
        default: break
        }
    }
}

extension EnrolmentEvent {
    /// As it is kept for a call that is made again: of customers their opaque ids alone.
    var kept: EnrolmentEvent {
        var event = self
        event.customer = customer.map { Wire.Customer(id: $0.id) }
        event.candidates = candidates.map { Wire.Customer(id: $0.id) }
        return event
    }

    /// The end of one whose time was over before the edge was back.
    init(expired saved: SavedEnrolment) {
        self.init(
            enrolment: saved.id, lane: saved.lane, state: .expired, message: Enrolment.State.expired.words,
            bindingMessage: saved.binding, expiresAtUnixMs: saved.expiresAt.unixMilliseconds)
    }
}

extension EnrolmentState {
    fileprivate init(_ state: Enrolment.State) {
        self =
            switch state {
            case .starting: .starting
            case .waiting: .waiting
            case .slowedDown: .slowedDown
            case .unreachable: .unreachable
            case .agreed: .agreed
            case .choose: .choose
            case .done: .done
            case .expired: .expired
            case .denied: .denied
            case .appTooOld: .appTooOld
            case .noAccount: .noAccount
            case .tooMany: .tooMany
            case .cancelled: .cancelled
            case .failed: .failed
            }
    }
}

extension Enrolment.State {
    /// What happened and what to do, for the cashier.
    fileprivate var words: String {
        switch self {
        case .starting: "The system is asked to ask the customer."
        case .waiting: "The customer is asked in the app. If nothing shows: open the app, and pull down to refresh."
        case .slowedDown: "The customer is asked in the app. The system wants to be asked less often."
        case .unreachable:
            "The system cannot be reached just now. The customer may answer meanwhile; it goes on by itself."
        case .agreed: "The customer agreed."
        case .choose: "Several customers may be this one. Ask, and choose one, or none for a new customer."
        case .done(_, let wasMember): wasMember ? "The customer was a member before." : "The customer is enrolled."
        case .expired: "The customer did not answer in time. Start again if the customer wants."
        case .denied: "The customer said no."
        case .appTooOld: "The customer's app is too old. The customer may update it, or is enrolled by hand."
        case .noAccount: "Nobody with this number can be asked. Check the number, or enrol the customer by hand."
        case .tooMany: "The customer was asked too often. Try again later, or enrol the customer by hand."
        case .cancelled: "It was cancelled."
        case .failed(let words): words
        }
    }
}
