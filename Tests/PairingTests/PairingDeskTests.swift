import Credentials
import Testing

@testable import Pairing

@Suite struct PairingDeskTests {
    private let invitation = PairingDesk.Invitation(name: "kasse 3", lane: "3", role: .till)
    private let code = PairingCode(edge: KeyFingerprint(publicKey: [1]))
    private let request: [UInt8] = [1, 2, 3]

    private var right: [UInt8] { PairingProof.make(code, request: request) }
    private let wrong = [UInt8](repeating: 0, count: 32)

    @Test("A right proof is accepted once")
    func once() {
        var desk = PairingDesk()
        let (number, _) = desk.invite(invitation, code: code, now: .zero)
        #expect(desk.prove(right, request: request, now: .seconds(1)) == .accepted(number, invitation))
        #expect(desk.prove(right, request: request, now: .seconds(1)) == .nothingOpen)
    }

    @Test("The fifth wrong proof burns the code, and then the right one is of no use")
    func burns() {
        var desk = PairingDesk()
        let (number, _) = desk.invite(invitation, code: code, now: .zero)
        for left in stride(from: 4, through: 1, by: -1) {
            #expect(desk.prove(wrong, request: request, now: .zero) == .wrong(number, attemptsLeft: left))
        }
        #expect(desk.prove(wrong, request: request, now: .zero) == .burnt(number))
        #expect(desk.prove(right, request: request, now: .zero) == .nothingOpen)
    }

    @Test("A code may be used until its ten minutes are over, and not a nanosecond longer")
    func time() {
        for (now, isGood) in [(Duration.seconds(600) - .nanoseconds(1), true), (.seconds(600), false)] {
            var desk = PairingDesk()
            let (number, _) = desk.invite(invitation, code: code, now: .zero)
            let outcome = desk.prove(right, request: request, now: now)
            #expect(outcome == (isGood ? .accepted(number, invitation) : .nothingOpen))
        }
    }

    private enum Event: CaseIterable {
        case invite, inviteOther, right, wrong, withdraw, wait, waitLong
    }

    /// What must hold, said in another way than the desk does it.
    private struct Model {
        var open: (number: PairingDesk.Number, isOther: Bool, until: Duration, wrong: Int)?
        var accepted = 0
    }

    @Test("Every sequence of six events leads to what the rules say")
    func everySequence() {
        let other = PairingCode(edge: code.edge)
        var sequences = 0
        func go(_ desk: PairingDesk, _ model: Model, _ now: Duration, _ depth: Int) {
            guard depth > 0 else {
                sequences += 1
                return
            }
            for event in Event.allCases {
                var (desk, model, now) = (desk, model, now)
                step(event, &desk, &model, &now, other)
                #expect((desk.deadline != nil) == (model.open != nil))
                go(desk, model, now, depth - 1)
            }
        }
        go(PairingDesk(limits: limits), Model(), .zero, 6)
        #expect(sequences == 117_649)
    }

    /// Two attempts, so that six events can burn a code.
    private var limits: PairingLimits {
        var limits = PairingLimits()
        limits.attemptsMax = 2
        return limits
    }

    private func step(
        _ event: Event, _ desk: inout PairingDesk, _ model: inout Model, _ now: inout Duration, _ other: PairingCode
    ) {
        if let open = model.open, now >= open.until { model.open = nil }
        switch event {
        case .invite, .inviteOther:
            let isOther = event == .inviteOther
            let (number, replaced) = desk.invite(invitation, code: isOther ? other : code, now: now)
            #expect(replaced == model.open?.number)
            model.open = (number, isOther, now + .seconds(600), 0)
        case .right, .wrong:
            let outcome = desk.prove(event == .right ? right : wrong, request: request, now: now)
            guard let open = model.open else {
                #expect(outcome == .nothingOpen)
                return
            }
            if event == .right, !open.isOther {
                #expect(outcome == .accepted(open.number, invitation))
                model.open = nil
            } else if open.wrong == 1 {
                #expect(outcome == .burnt(open.number))
                model.open = nil
            } else {
                #expect(outcome == .wrong(open.number, attemptsLeft: 1))
                model.open?.wrong = 1
            }
        case .withdraw:
            guard let open = model.open else { return }
            let isWithdrawn = desk.withdraw(open.number)
            #expect(isWithdrawn)
            model.open = nil
        case .wait, .waitLong:
            now += event == .wait ? .seconds(299) : .seconds(600)
            let ended = desk.tick(now: now)
            let isDue = model.open.map { now >= $0.until } ?? false
            #expect((ended != nil) == isDue)
            if isDue { model.open = nil }
        }
    }
}
