import Customers
import Foundation
import Testing

@testable import Systems

@Suite struct EnrolmentTests {
    private static let begin = Date(timeIntervalSince1970: 1_800_000_000)

    private static func time(_ seconds: Double) -> FeedTime {
        FeedTime(wall: begin.addingTimeInterval(seconds), uptime: .seconds(seconds))
    }

    private static let asked = Enrolment.Event.start(
        .success(.asked(request: Secret("r"), life: .seconds(60), interval: .seconds(5))))
    private static let profile = LoginProfile(
        subject: "s", name: "Kari Nordås", firstName: "Kari", phone: "+4741234567")

    private static func customer(_ id: String, name: String = "Kari Nordås") -> Customer {
        Customer(
            id: id, company: "store", name: name, firstName: "", language: "", identifiers: [], groups: [],
            loyalty: Loyalty(), permissions: [])
    }

    private static func refusal(_ refusal: LoginRefusal) -> Enrolment.Event { .poll(.success(.refused(refusal))) }

    private static func fresh(asksAccount: Bool = false) -> Enrolment {
        Enrolment(
            id: "e", lane: "1", phone: "+4741234567", binding: "ABC-234", asksAccount: asksAccount)
    }

    /// An enrolment whose customer was asked at 0 s.
    private static func waiting() -> Enrolment {
        var enrolment = fresh()
        #expect(enrolment.handle(.begin, now: time(0)) == .start(binding: "ABC-234"))
        #expect(enrolment.handle(asked, now: time(0)) == nil)
        return enrolment
    }

    private static func agreed() -> Enrolment {
        var enrolment = waiting()
        _ = enrolment.handle(.time, now: time(5))
        _ = enrolment.handle(.poll(.success(.agreed(token: Secret("t")))), now: time(5))
        return enrolment
    }

    @Test("A customer who agrees is looked for, enrolled, and told")
    func whole() {
        var enrolment = Self.fresh(asksAccount: true)
        #expect(enrolment.handle(.begin, now: Self.time(0)) == .askAccount)
        #expect(enrolment.handle(.account(true), now: Self.time(0)) == .start(binding: "ABC-234"))
        #expect(enrolment.handle(Self.asked, now: Self.time(0)) == nil)
        #expect(enrolment.state == .waiting && enrolment.wakeAt == .seconds(5))
        #expect(enrolment.expiresAt == Self.begin.addingTimeInterval(60))
        #expect(enrolment.handle(.time, now: Self.time(5)) == .poll(Secret("r")))
        #expect(enrolment.handle(Self.refusal(.pending), now: Self.time(5.2)) == nil)
        #expect(enrolment.handle(.time, now: Self.time(9)) == nil)
        #expect(enrolment.handle(.time, now: Self.time(10.3)) == .poll(Secret("r")))
        #expect(
            enrolment.handle(.poll(.success(.agreed(token: Secret("t")))), now: Self.time(10.4))
                == .fetchProfile(Secret("t")))
        #expect(enrolment.state == .agreed)
        #expect(enrolment.handle(.profile(.success(Self.profile)), now: Self.time(11)) == .findCustomer(Self.profile))
        #expect(enrolment.handle(.link(.new), now: Self.time(11)) == .enrol(Self.profile, as: nil))
        let kari = Self.customer("k")
        #expect(enrolment.handle(.enrolled(kari, wasMember: false), now: Self.time(11)) == nil)
        #expect(enrolment.state == .done(kari, wasMember: false))
        #expect(enrolment.saved == nil && enrolment.wakeAt == nil)
    }

    @Test(
        "Each refusal ends it as what it is, at the start and while waiting",
        arguments: [
            (LoginRefusal.expired, Enrolment.State.expired), (.denied, .denied), (.appTooOld, .appTooOld),
            (.noAccount, .noAccount),
        ])
    func refusals(_ refusal: LoginRefusal, _ state: Enrolment.State) {
        var starting = Self.fresh()
        _ = starting.handle(.begin, now: Self.time(0))
        _ = starting.handle(.start(.success(.refused(refusal))), now: Self.time(1))
        #expect(starting.state == state)
        var waiting = Self.waiting()
        _ = waiting.handle(.time, now: Self.time(5))
        #expect(waiting.handle(Self.refusal(refusal), now: Self.time(6)) == nil)
        #expect(waiting.state == state && waiting.state.isFinal)
    }

    @Test("A customer who was asked too often is left alone at the start; while waiting it only slows the looks down")
    func tooMany() {
        var starting = Self.fresh()
        _ = starting.handle(.begin, now: Self.time(0))
        _ = starting.handle(.start(.success(.refused(.tooMany(retryAfter: .seconds(90))))), now: Self.time(0))
        #expect(starting.state == .tooMany(retryAfter: .seconds(90)))
        var waiting = Self.waiting()
        _ = waiting.handle(.time, now: Self.time(5))
        _ = waiting.handle(Self.refusal(.tooMany(retryAfter: .seconds(20))), now: Self.time(5))
        #expect(waiting.state == .slowedDown && waiting.wakeAt == .seconds(25))
    }

    @Test("Slow_down lengthens every further pause by five seconds")
    func slowDown() {
        var enrolment = Self.waiting()
        _ = enrolment.handle(.time, now: Self.time(5))
        _ = enrolment.handle(Self.refusal(.slowDown), now: Self.time(5))
        #expect(enrolment.state == .slowedDown && enrolment.wakeAt == .seconds(15))
        _ = enrolment.handle(.time, now: Self.time(15))
        _ = enrolment.handle(Self.refusal(.pending), now: Self.time(15))
        #expect(enrolment.wakeAt == .seconds(25))
        _ = enrolment.handle(.time, now: Self.time(25))
        _ = enrolment.handle(Self.refusal(.slowDown), now: Self.time(25))
        #expect(enrolment.wakeAt == .seconds(40))
    }

    @Test("A notice that the customer has answered brings the next look forward, and never below the interval")
    func answered() {
        var enrolment = Self.waiting()
        #expect(enrolment.isAsked(by: "r") && !enrolment.isAsked(by: "other"))
        _ = enrolment.handle(.time, now: Self.time(5))
        // While a look is under way there is nothing to bring forward.
        #expect(enrolment.handle(.answered, now: Self.time(5.1)) == nil)
        #expect(enrolment.wakeAt == nil)
        _ = enrolment.handle(Self.refusal(.slowDown), now: Self.time(6))
        #expect(enrolment.handle(.answered, now: Self.time(7)) == nil)
        #expect(enrolment.wakeAt == .seconds(16))
        #expect(enrolment.handle(.time, now: Self.time(16)) == .poll(Secret("r")))
        // A long pause that nobody asked for is cut short, down to the interval.
        let away = SystemsError(.unavailable, "away")
        _ = enrolment.handle(.poll(.failure(away)), now: Self.time(17))
        _ = enrolment.handle(.time, now: Self.time(27))
        for _ in 0..<5 { _ = enrolment.handle(.poll(.failure(away)), now: Self.time(28)) }
        #expect(enrolment.wakeAt == .seconds(58))
        _ = enrolment.handle(.answered, now: Self.time(30))
        #expect(enrolment.wakeAt == .seconds(38))
        #expect(enrolment.handle(.time, now: Self.time(38)) == .poll(Secret("r")))
    }

    @Test("Without the system it goes on by itself, until the customer's time is over")
    func offline() {
        var enrolment = Self.waiting()
        let down = SystemsError(.unavailable, "down")
        var now = 5.0
        var looks = 0
        while !enrolment.state.isFinal, looks < 100 {
            guard enrolment.handle(.time, now: Self.time(now)) != nil else { break }
            looks += 1
            _ = enrolment.handle(.poll(.failure(down)), now: Self.time(now))
            #expect(enrolment.state == .unreachable)
            now = (enrolment.wakeAt ?? .zero) / .seconds(1)
        }
        #expect(enrolment.state == .expired)
        #expect(now == 60)
        var back = Self.waiting()
        _ = back.handle(.time, now: Self.time(5))
        _ = back.handle(.poll(.failure(down)), now: Self.time(5))
        _ = back.handle(.time, now: Self.time(10))
        _ = back.handle(Self.refusal(.pending), now: Self.time(10))
        #expect(back.state == .waiting)
    }

    @Test("A start that fails asks nobody twice, and says what to do")
    func startFails() {
        for code in [SystemsError.Code.unavailable, .outcomeUnknown, .broken, .refused] {
            var enrolment = Self.fresh()
            _ = enrolment.handle(.begin, now: Self.time(0))
            #expect(enrolment.handle(.start(.failure(SystemsError(code, "why"))), now: Self.time(0)) == nil)
            guard case .failed(let words) = enrolment.state else {
                Issue.record("\(code): \(enrolment.state)")
                continue
            }
            #expect(words.contains("by hand"))
            #expect(words.contains("asked all the same") == (code == .outcomeUnknown))
        }
    }

    @Test("An account that is not there ends it, and one that cannot be asked for keeps nothing up")
    func account() {
        var nobody = Self.fresh(asksAccount: true)
        _ = nobody.handle(.begin, now: Self.time(0))
        #expect(nobody.handle(.account(false), now: Self.time(0)) == nil)
        #expect(nobody.state == .noAccount)
        var unknown = Self.fresh(asksAccount: true)
        _ = unknown.handle(.begin, now: Self.time(0))
        #expect(unknown.handle(.account(nil), now: Self.time(0)) == .start(binding: "ABC-234"))
    }

    @Test("A profile that does not come is asked for again while its token is good")
    func profileFails() {
        var enrolment = Self.agreed()
        var now = 5.0
        let down = SystemsError(.unavailable, "down")
        while !enrolment.state.isFinal {
            _ = enrolment.handle(.profile(.failure(down)), now: Self.time(now))
            guard let wake = enrolment.wakeAt else { break }
            now = wake / .seconds(1)
            _ = enrolment.handle(.time, now: Self.time(now))
        }
        guard case .failed = enrolment.state else {
            Issue.record("\(enrolment.state)")
            return
        }
        #expect(now == 275)
    }

    @Test("Of several customers the cashier chooses one of them, or none")
    func choice() {
        let (kari, kaia) = (Self.customer("k"), Self.customer("a"))
        for chosen in [kari, nil] {
            var enrolment = Self.agreed()
            _ = enrolment.handle(.profile(.success(Self.profile)), now: Self.time(6))
            #expect(enrolment.handle(.link(.ask([kari, kaia])), now: Self.time(6)) == nil)
            #expect(enrolment.state == .choose([kari, kaia]))
            #expect(enrolment.handle(.chosen(Self.customer("x")), now: Self.time(7)) == nil)
            #expect(enrolment.handle(.chosen(chosen), now: Self.time(7)) == .enrol(Self.profile, as: chosen))
        }
    }

    @Test("What was cancelled stays so, whatever the customer answers")
    func cancelled() {
        for var enrolment in [Self.fresh(), Self.waiting(), Self.agreed()] {
            #expect(enrolment.handle(.cancelled, now: Self.time(6)) == nil)
            #expect(enrolment.state == .cancelled)
            #expect(enrolment.handle(.poll(.success(.agreed(token: Secret("t")))), now: Self.time(7)) == nil)
            #expect(enrolment.handle(.profile(.success(Self.profile)), now: Self.time(7)) == nil)
            #expect(enrolment.handle(.enrolled(Self.customer("k"), wasMember: false), now: Self.time(7)) == nil)
            #expect(enrolment.state == .cancelled && enrolment.saved == nil)
        }
    }

    @Test("After a restart it goes on with what was kept, and not after its time")
    func restart() throws {
        let saved = try #require(Self.waiting().saved)
        let read = try JSONDecoder().decode(SavedEnrolment.self, from: JSONEncoder().encode(saved))
        var again = try #require(Enrolment(read, now: FeedTime(wall: Self.begin.addingTimeInterval(30), uptime: .zero)))
        #expect(again.state == .waiting)
        #expect(again.handle(.time, now: FeedTime(wall: Self.begin, uptime: .zero)) == .poll(Secret("r")))
        #expect(Enrolment(read, now: Self.time(60)) == nil)
        let later = try #require(Self.agreed().saved)
        var fetched = try #require(
            Enrolment(later, now: FeedTime(wall: Self.begin.addingTimeInterval(30), uptime: .zero)))
        #expect(fetched.handle(.time, now: FeedTime(wall: Self.begin, uptime: .zero)) == .fetchProfile(Secret("t")))
    }

    @Test("Whatever happens in whatever order, it ends, never asks twice and never looks too often", arguments: 1...200)
    func anyOrder(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var enrolment = Self.fresh(asksAccount: Bool.random(using: &random))
        var now = 0.0
        var starts = 0
        var lastPoll: Double?
        var step = enrolment.handle(.begin, now: Self.time(0))
        for _ in 0..<400 where !enrolment.state.isFinal {
            switch step {
            case .start:
                starts += 1
            case .poll:
                if let lastPoll { #expect(now - lastPoll >= 4.999, "seed \(seed)") }
                lastPoll = now
            default: break
            }
            let event: Enrolment.Event
            switch step {
            case .askAccount: event = .account([true, false, nil].randomElement(using: &random) ?? nil)
            case .start:
                event = Bool.random(using: &random) ? Self.asked : .start(.failure(SystemsError(.unavailable, "")))
            case .poll: event = Self.answers.randomElement(using: &random) ?? Self.refusal(.pending)
            case .fetchProfile:
                event =
                    Bool.random(using: &random)
                    ? .profile(.success(Self.profile)) : .profile(.failure(SystemsError(.unavailable, "")))
            case .findCustomer:
                event = .link(Bool.random(using: &random) ? .new : .ask([Self.customer("k")]))
            case .enrol: event = .enrolled(Self.customer("k"), wasMember: false)
            case nil:
                if case .choose(let customers) = enrolment.state {
                    event = .chosen(customers.first)
                } else {
                    // Somebody always waits for something.
                    guard let wake = enrolment.wakeAt else {
                        Issue.record("seed \(seed): \(enrolment.state) waits for nothing")
                        return
                    }
                    now = max(now, wake / .seconds(1))
                    event = .time
                }
            }
            now += Double.random(in: 0...0.5, using: &random)
            step = enrolment.handle(event, now: Self.time(now))
        }
        #expect(enrolment.state.isFinal, "seed \(seed)")
        #expect(starts <= 1, "seed \(seed)")
    }

    private static let answers: [Enrolment.Event] = [
        refusal(.pending), refusal(.pending), refusal(.pending), refusal(.slowDown), refusal(.tooMany(retryAfter: nil)),
        refusal(.denied), refusal(.expired), .poll(.failure(SystemsError(.unavailable, ""))),
        .poll(.failure(SystemsError(.broken, ""))), .poll(.success(.agreed(token: Secret("t")))),
    ]
}
