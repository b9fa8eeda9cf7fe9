import Customers
import Devices
import Journal
import NIOCore
import Transport
import Wire

extension LaneHost {
    /// Answers to pending scans that are kept for tills that come back.
    static let followUpsKept = 64

    /// Asks the system outside whose a scan's code is, unless that is under way or known.
    func beginFollowUp(_ scan: LaneScan) {
        guard case .pending = scan.answer.resolution, let exchange = surroundings.exchange,
            scan.takenBefore > .now, followUps[scan.sequence] == nil, asking.insert(scan.sequence).inserted
        else { return }
        let (sequence, takenBefore, eventLoop) = (scan.sequence, scan.takenBefore, surroundings.eventLoop)
        let host = NIOLoopBound(self, eventLoop: eventLoop)
        exchange.begin(scan.entry.data) { finding in
            eventLoop.execute { host.value.followedUp(finding, sequence: sequence, takenBefore: takenBefore) }
        }
    }

    /// A watcher got an earlier scan: what was said of it follows.
    func tellFollowUp(of scan: LaneScan, to watcher: LaneWatcher) {
        guard let known = followUps[scan.sequence] else { return beginFollowUp(scan) }
        if !known.hadTill, lane.till != nil {
            // Nobody could take the customer when the answer came.
            followedUp(known.finding, sequence: scan.sequence, takenBefore: scan.takenBefore)
        } else {
            tell(known.message, to: watcher)
        }
    }

    private func followedUp(
        _ finding: CodeExchange.Finding, sequence: UInt64, takenBefore: ContinuousClock.Instant
    ) {
        asking.remove(sequence)
        var outcome = ScanOutcome(attachment: .none)
        perform { lane, now in
            let followed = lane.followedUp(
                finding.resolution, sequence: sequence, takenBefore: takenBefore, isNew: finding.isNewcomer, now: now)
            outcome = followed.outcome
            return followed.actions
        }
        let message = Wire.FollowUp(
            finding, epoch: surroundings.journal.epoch, sequence: sequence, attachment: outcome.attachment)
        followUps[sequence] = KnownFollowUp(finding: finding, message: message, hadTill: lane.till != nil)
        if followUps.count > Self.followUpsKept, let oldest = followUps.keys.min() { followUps[oldest] = nil }
        for watcher in watchers where watcher.sentSequence >= sequence { tell(message, to: watcher) }
    }

    private func tell(_ followUp: Wire.FollowUp, to watcher: LaneWatcher) {
        watcher.sink.send(Wire.LaneEvent(event: .followUp(followUp)))
        watcher.sink.flush()
    }

    /// A customer was enrolled in the lane.
    func enrolled(_ customer: Customers.Customer, _ screen: DisplayScreen) {
        perform { $0.enrolled(customer, screen, now: $1) }
    }
}

extension CodeExchange.Finding {
    /// With the type by which the customer came.
    fileprivate var resolution: Customers.Resolution? {
        guard case .resolved(let answer, _) = self else { return nil }
        return switch answer.resolution {
        case .customer(let customer, _): .customer(customer, .vippsPersonalQR)
        case .ambiguous(let customers, _): .ambiguous(customers, .vippsPersonalQR)
        default: nil
        }
    }

    fileprivate var isNewcomer: Bool {
        if case .noMember = self { true } else { false }
    }
}

extension Wire.FollowUp {
    fileprivate init(_ finding: CodeExchange.Finding, epoch: UInt64, sequence: UInt64, attachment: Attachment) {
        self.init(
            epoch: epoch, sequence: sequence, attachment: Wire.Attachment(rawValue: Int32(attachment.rawValue)))
        switch finding {
        case .resolved(var answer, let isConfirmed):
            state = .resolved
            if let found = finding.resolution { answer.resolution = found }
            resolution = Wire.Resolution(inEvent: answer)
            resolution?.unconfirmed = !isConfirmed
            message =
                isConfirmed
                ? "The code's phone number is a member's."
                : "The system cannot be reached; the code itself says whose it is, and nobody has confirmed it."
        case .noMember(let number, let isConfirmed):
            state = .noMember
            phone = number
            message =
                isConfirmed
                ? "Nobody in the local copy has this phone number. Offer to enrol the customer."
                : "Nobody in the local copy has the phone number that the code claims. The system cannot be reached."
        case .notRecognised(let isTooOld):
            state = .notRecognised
            message =
                isTooOld
                ? "The code is too old: it may be a picture. Ask the customer to show the app, or for the phone number."
                : "The system does not know the code. Ask the customer to show the app anew, or for the phone number."
        case .unreachable:
            state = .unreachable
            message = "The system did not answer in time. Ask for the phone number."
        }
    }
}

/// What was said of a scan.
struct KnownFollowUp {
    let finding: CodeExchange.Finding
    let message: Wire.FollowUp
    /// Whether a till could take the customer then.
    let hadTill: Bool
}
