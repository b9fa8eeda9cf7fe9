import Transport
import Wire

extension LaneService {
    func registerDevices(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Lanes/ArmScanner") { (request: ArmScannerRequest, _) throws(Status) in
            try service.arm(true, lane: request.lane)
        }
        router.unary("countertop.v1.Lanes/DisarmScanner") { (request: DisarmScannerRequest, _) throws(Status) in
            try service.arm(false, lane: request.lane)
        }
        router.unary("countertop.v1.Lanes/Show") { (request: ShowRequest, _) throws(Status) in
            try service.show(request)
        }
    }

    private func arm(_ armed: Bool, lane: String) throws(Status) -> ScannerAnswer {
        try onLane(lane) { host throws(Status) in
            guard !host.scanners.isEmpty else {
                throw Status(
                    .scannerMissing,
                    "Lane \(lane) has no scanner that is ready. Plug one in; \"countertop debug list\" says what is there."
                )
            }
            host.perform { $0.arm(armed, now: $1) }
            return ScannerAnswer(armed: host.lane.isArmed, scanners: host.scanners)
        }
    }

    private func show(_ request: ShowRequest) throws(Status) -> ShowAnswer {
        guard request.lines.count <= limits.showLinesMax else {
            throw Status(.argumentInvalid, "A display shows at most \(limits.showLinesMax) lines.")
        }
        let time: Duration = request.durationMs == 0 ? limits.showTime : .milliseconds(request.durationMs)
        return try onLane(request.lane) { host throws(Status) in
            guard host.display != nil else {
                throw Status(
                    .displayMissing,
                    "Lane \(request.lane) has no display that is ready. Plug one in; \"countertop debug list\" says what is "
                        + "there.")
            }
            host.perform { $0.show(request.lines, for: time, now: $1) }
            return ShowAnswer(lines: host.fitted(request.lines))
        }
    }
}
