package import Customers
package import Foundation

/// The rules of enrolling one customer by a login on the phone: when the system is asked, how often, what follows from each answer,
/// and when it is over. Events and a time in, the next step out; it knows no clock, no system and no till.
package struct Enrolment: Sendable {
    /// How an enrolment stands, as tills are told.
    package enum State: Sendable, Equatable {
        case starting
        case waiting
        case slowedDown
        /// The system cannot be reached; the customer may answer meanwhile.
        case unreachable
        case agreed
        case choose([Customer])
        case done(Customer, wasMember: Bool)
        case expired
        case denied
        case appTooOld
        case noAccount
        case tooMany(retryAfter: Duration?)
        case cancelled
        /// With what to do about it, for people.
        case failed(String)

        package var isFinal: Bool {
            switch self {
            case .starting, .waiting, .slowedDown, .unreachable, .agreed, .choose: false
            default: true
            }
        }
    }

    /// What happened.
    package enum Event: Sendable {
        case begin
        /// Whether the number has an account; `nil` when that could not be found out, which keeps nothing up.
        case account(Bool?)
        case start(Result<LoginStart, SystemsError>)
        case poll(Result<LoginPoll, SystemsError>)
        case profile(Result<LoginProfile, SystemsError>)
        case link(AccountLink)
        /// The cashier chose; `nil` is none of them.
        case chosen(Customer?)
        /// The customer is in the local copy and in the register.
        case enrolled(Customer, wasMember: Bool)
        case notEnrolled(String)
        case cancelled
        /// The system says that the customer has answered.
        case answered
        /// ``wakeAt`` has come.
        case time
    }

    /// What is to be done next.
    package enum Step: Sendable, Equatable {
        case askAccount
        /// - Parameter binding: the word that till and phone show; empty for none.
        case start(binding: String)
        case poll(Secret)
        case fetchProfile(Secret)
        case findCustomer(LoginProfile)
        /// - Parameter customer: whom the login belongs to; `nil` for a new one.
        case enrol(LoginProfile, as: Customer?)
    }

    package let id: String
    package let lane: String
    /// E.164.
    package let phone: String
    /// The word that till and phone show; empty for none.
    package let binding: String
    package private(set) var state: State = .starting
    /// When the system is asked next, by the clock that only goes on.
    package private(set) var wakeAt: Duration?
    /// Until when the customer may answer.
    package private(set) var expiresAt: Date?

    private let asksAccount: Bool
    private let firstLook: Duration
    private var endsAt: Duration?
    /// Before which the system is not asked again, whoever says that there is something to see.
    private var earliest = Duration.zero
    private var interval = EnrolmentLimits.intervalMin
    private var failures = 0
    private var request: Secret?
    private var token: Secret?
    private var told: LoginProfile?

    /// - Parameter firstLook: the least pause between asking the customer and the first look.
    package init(
        id: String, lane: String, phone: String, binding: String, asksAccount: Bool,
        firstLook: Duration = EnrolmentLimits.intervalMin
    ) {
        self.firstLook = firstLook
        self.id = id
        self.lane = lane
        self.phone = phone
        self.binding = binding
        self.asksAccount = asksAccount
    }

    /// What the enrolment has to know after a restart; `nil` while nobody was asked, and once it is over.
    package var saved: SavedEnrolment? {
        guard !state.isFinal, let request, let expiresAt else { return nil }
        return SavedEnrolment(
            id: id, lane: lane, phone: phone, binding: binding, request: request.text, token: token?.text ?? "",
            expiresAt: expiresAt, intervalSeconds: Int(interval / .seconds(1)))
    }

    /// Goes on after a restart: the customer may have answered meanwhile.
    /// - Returns: `nil` for one whose time is over.
    package init?(_ saved: SavedEnrolment, now: FeedTime) {
        let left = saved.expiresAt.timeIntervalSince(now.wall)
        guard left > 0 else { return nil }
        self.init(id: saved.id, lane: saved.lane, phone: saved.phone, binding: saved.binding, asksAccount: false)
        request = Secret(saved.request)
        token = saved.token.isEmpty ? nil : Secret(saved.token)
        expiresAt = saved.expiresAt
        endsAt = now.uptime + .seconds(left)
        interval = .seconds(max(1, saved.intervalSeconds))
        state = token == nil ? .waiting : .agreed
        wakeAt = now.uptime
    }

    /// - Returns: what is to be done; `nil` to wait until ``wakeAt``, or for good when the state is final.
    package mutating func handle(_ event: Event, now: FeedTime) -> Step? {
        guard !state.isFinal else { return nil }
        switch event {
        case .begin: return asksAccount ? .askAccount : .start(binding: binding)
        case .account(let exists):
            if exists == false { return end(.noAccount) }
            return .start(binding: binding)
        case .start(let result): return started(result, now)
        case .poll(let result): return polled(result, now)
        case .profile(let result): return fetched(result, now)
        case .link(let link): return linked(link)
        case .chosen(let customer): return chosen(customer)
        case .enrolled(let customer, let wasMember): return end(.done(customer, wasMember: wasMember))
        case .notEnrolled(let why): return end(.failed(why))
        case .cancelled: return end(.cancelled)
        case .answered: return hurried(now)
        case .time: return woken(now)
        }
    }

    // MARK: Asking

    private mutating func started(_ result: Result<LoginStart, SystemsError>, _ now: FeedTime) -> Step? {
        switch result {
        case .success(.asked(let request, let life, let interval)):
            self.request = request
            self.interval = max(interval, .seconds(1))
            endsAt = now.uptime + life
            expiresAt = now.wall.addingTimeInterval(life / .seconds(1))
            earliest = now.uptime + self.interval
            return wait(.waiting, for: max(interval, firstLook), now)
        case .success(.refused(let refusal)): return refused(refusal, now)
        case .failure(let error):
            if error.code == .throttled { return end(.tooMany(retryAfter: error.retryAfter)) }
            let words =
                error.code == .outcomeUnknown
                ? "The customer may have been asked all the same. Start again in a minute, or enrol the customer by hand."
                : "Nobody was asked. Enrol the customer by hand, or start again when the system is there."
            return end(.failed("\(error.message) \(words)"))
        }
    }

    private mutating func polled(_ result: Result<LoginPoll, SystemsError>, _ now: FeedTime) -> Step? {
        switch result {
        case .success(.agreed(let token)):
            self.token = token
            failures = 0
            state = .agreed
            wakeAt = nil
            endsAt = now.uptime + EnrolmentLimits.profileTime
            return .fetchProfile(token)
        case .success(.refused(let refusal)):
            failures = 0
            return refused(refusal, now)
        case .failure(let error):
            failures += 1
            if error.code == .refused || error.code == .broken, failures >= EnrolmentLimits.refusalsMax {
                return end(.failed("\(error.message) Enrol the customer by hand."))
            }
            earliest = now.uptime + max(interval, error.retryAfter ?? .zero)
            return wait(.unreachable, for: max(interval, backOff, error.retryAfter ?? .zero), now)
        }
    }

    private mutating func refused(_ refusal: LoginRefusal, _ now: FeedTime) -> Step? {
        switch refusal {
        case .pending: return wait(state == .slowedDown ? .slowedDown : .waiting, for: interval, now)
        case .slowDown:
            // OpenID CIBA core, section 11: the interval grows by five seconds at least, for all further requests.
            interval += EnrolmentLimits.slowDownBy
            earliest = now.uptime + interval
            return wait(.slowedDown, for: interval, now)
        case .expired: return end(.expired)
        case .denied: return end(.denied)
        case .appTooOld: return end(.appTooOld)
        case .noAccount: return end(.noAccount)
        case .tooMany(let pause):
            // A poll that comes too often is no refusal of the customer.
            guard request != nil else { return end(.tooMany(retryAfter: pause)) }
            interval += EnrolmentLimits.slowDownBy
            earliest = now.uptime + max(interval, pause ?? .zero)
            return wait(.slowedDown, for: max(interval, pause ?? .zero), now)
        case .failed(let code):
            return end(
                .failed(
                    "The system does not take the login (\(code)). Check the system's settings: countertop systems check. "
                        + "Enrol the customer by hand."))
        }
    }

    private mutating func woken(_ now: FeedTime) -> Step? {
        guard let wakeAt, wakeAt <= now.uptime else { return nil }
        self.wakeAt = nil
        if let token {
            guard let endsAt, now.uptime < endsAt else { return end(.failed(Self.notFetched)) }
            return .fetchProfile(token)
        }
        guard let endsAt, now.uptime < endsAt else { return end(.expired) }
        earliest = now.uptime + interval
        return request.map { .poll($0) }
    }

    /// Whether this is the login that the system names so.
    package func isAsked(by request: String) -> Bool { self.request?.text == request }

    /// Looks once the interval since the last look has passed: a notice is no leave to ask more often.
    private mutating func hurried(_ now: FeedTime) -> Step? {
        guard let due = wakeAt, token == nil else { return nil }
        wakeAt = min(due, max(now.uptime, earliest))
        return nil
    }

    // MARK: After the customer agreed

    private static let notFetched =
        "The customer agreed, but what the customer let be told could not be fetched in time. Start again."

    private mutating func fetched(_ result: Result<LoginProfile, SystemsError>, _ now: FeedTime) -> Step? {
        switch result {
        case .success(let profile):
            told = profile
            wakeAt = nil
            return .findCustomer(profile)
        case .failure(let error):
            failures += 1
            if error.code == .refused, failures >= EnrolmentLimits.refusalsMax { return end(.failed(Self.notFetched)) }
            return wait(.agreed, for: max(backOff, error.retryAfter ?? .zero), now)
        }
    }

    private mutating func linked(_ link: AccountLink) -> Step? {
        guard let told else { return nil }
        switch link {
        case .known(let customer), .one(let customer): return .enrol(told, as: customer)
        case .new: return .enrol(told, as: nil)
        case .ask(let customers):
            state = .choose(customers)
            return nil
        }
    }

    private mutating func chosen(_ customer: Customer?) -> Step? {
        guard case .choose(let customers) = state, let told else { return nil }
        if let customer, !customers.contains(where: { $0.id == customer.id }) { return nil }
        state = .agreed
        return .enrol(told, as: customer)
    }

    // MARK: Time

    private var backOff: Duration {
        min(EnrolmentLimits.backOffMin * (1 << min(max(0, failures - 1), 10)), EnrolmentLimits.backOffMax)
    }

    private mutating func wait(_ state: State, for pause: Duration, _ now: FeedTime) -> Step? {
        self.state = state
        // The last look is just before the end: an answer in the last second counts.
        let due = now.uptime + pause
        wakeAt = endsAt.map { end in due < end ? due : end } ?? due
        return nil
    }

    private mutating func end(_ state: State) -> Step? {
        self.state = state
        wakeAt = nil
        (request, token, told) = (nil, nil, nil)
        return nil
    }
}
