import Wire

extension Wire.Status {
    /// What a till is told when its lane refuses.
    /// - Parameter till: the till that holds the lane, by the name it gave.
    init(_ refusal: LaneRefusal, lane: String, till: String?) {
        switch refusal {
        case .basketOpen:
            self.init(.basketOpen, "Another basket is open in lane \(lane). Close it first.")
        case .basketUnknown:
            self.init(.basketUnknown, "No basket with that number is open in lane \(lane). Open it first.")
        case .customerPresent:
            self.init(
                .customerPresent,
                "Another customer is in the basket of lane \(lane). Ask, then attach with replace set.")
        case .held(let time):
            let holder = till.map { "The till \($0)" } ?? "Another till"
            let milliseconds = time.map { UInt32(clamping: Int64($0 / .milliseconds(1)) + 1) } ?? 0
            let state =
                time.map {
                    "\(holder) lost its connection to lane \(lane), which is kept for it for \($0.components.seconds + 1) more "
                        + "seconds."
                } ?? "\(holder) holds lane \(lane)."
            self.init(
                .laneHeld, state + " Watch with the role TAKE_OVER (countertop watch --take-over) to take it over.")
            retryAfterMs = milliseconds
        }
    }

    /// - Parameter lanes: the names of those that there are.
    static func laneUnknown(_ lanes: [String]) -> Wire.Status {
        Wire.Status(
            .laneUnknown,
            "This edge has no lane of that name. It has \(lanes.joined(separator: ", ")); add others to its configuration."
        )
    }
}
