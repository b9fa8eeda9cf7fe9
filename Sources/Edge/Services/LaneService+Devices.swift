import Devices
import Transport
import Wire

extension LaneService {
    func registerDevices(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Lanes/ArmScanner") { (request: ArmScannerRequest, context) throws(Status) in
            let answer = try service.arm(true, lane: request.lane, for: request.purpose)
            service.audit.note(context.caller, "Lanes/ArmScanner", lane: request.lane)
            return answer
        }
        router.unary("countertop.v1.Lanes/DisarmScanner") { (request: DisarmScannerRequest, _) throws(Status) in
            try service.arm(false, lane: request.lane)
        }
        router.unary("countertop.v1.Lanes/Prompt") { (request: PromptRequest, _) throws(Status) in
            try service.prompt(request)
        }
        router.unary("countertop.v1.Lanes/Show") { (request: ShowRequest, _) throws(Status) in
            try service.show(request)
        }
    }

    private func arm(
        _ armed: Bool, lane: String, for purpose: ArmPurpose = .unspecified
    ) throws(Status) -> ScannerAnswer {
        try onLane(lane) { host throws(Status) in
            guard !host.scanners.isEmpty else {
                throw Status(
                    .scannerMissing,
                    "Lane \(lane) has no scanner that is ready. Plug one in; \"countertop debug list\" says what is there."
                )
            }
            if armed, purpose == .phoneCode, let refusal = host.whyNoPhoneCode {
                throw Status(.scannerUnfit, refusal)
            }
            host.perform { $0.arm(armed, now: $1) }
            return ScannerAnswer(armed: host.lane.isArmed, scanners: host.scanners)
        }
    }

    private func show(_ request: ShowRequest) throws(Status) -> ShowAnswer {
        let screen = try DisplayScreen(request, linesMax: limits.showLinesMax)
        let time: Duration = request.durationMs == 0 ? limits.showTime : .milliseconds(request.durationMs)
        return try onLane(request.lane) { host throws(Status) in
            guard host.display != nil else {
                throw Status(
                    .displayMissing,
                    "Lane \(request.lane) has no display that is ready. Plug one in; \"countertop debug list\" says what is "
                        + "there.")
            }
            host.perform { $0.show(screen, for: time, now: $1) }
            return ShowAnswer(lines: host.fitted(screen), lacking: host.lacking(screen).map(\.rawValue))
        }
    }

    private func prompt(_ request: PromptRequest) throws(Status) -> PromptAnswer {
        let moment: DisplayMoment =
            switch request.kind {
            case .selfEnrolment: .selfEnrolment
            case .askPhone: .askPhone
            case .brightness: .brightness
            case .oneMoment: .oneMoment
            default: throw Status(.argumentInvalid, "Name the prompt: what the customer is asked for.")
            }
        let time: Duration = request.durationMs == 0 ? limits.showTime : .milliseconds(request.durationMs)
        return try onLane(request.lane) { host throws(Status) in
            let text = host.lane.text
            guard moment != .selfEnrolment || !text.enrolmentAddress.isEmpty else {
                throw Status(
                    .enrolmentAddressMissing,
                    "The configuration names no address for self-enrolment. Set display.enrolment_address, or that of the system "
                        + "whose customers enrol themselves.")
            }
            let screen = text.prompt(moment, language: request.language)
            host.perform { $0.show(screen, for: time, now: $1) }
            return PromptAnswer(
                lines: host.fitted(screen), address: moment == .selfEnrolment ? text.enrolmentAddress : "")
        }
    }
}
