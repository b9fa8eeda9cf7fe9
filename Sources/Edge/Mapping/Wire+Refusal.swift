import Wire

extension Wire.Status {
    /// What a till is told when its lane refuses.
    init(_ refusal: LaneRefusal, lane: String) {
        switch refusal {
        case .basketOpen:
            self.init(.basketOpen, "Another basket is open in lane \(lane). Close it first.")
        case .basketUnknown:
            self.init(.basketUnknown, "No basket with that number is open in lane \(lane). Open it first.")
        case .customerPresent:
            self.init(
                .customerPresent,
                "Another customer is in the basket of lane \(lane). Ask, then attach with replace set.")
        case .held:
            self.init(
                .laneHeld, "Another till holds lane \(lane). Watch with the role TAKE_OVER to take it over.")
        }
    }

    static func laneUnknown() -> Wire.Status {
        Wire.Status(
            .laneUnknown,
            "This edge has no lane of that name. List the lanes, or add it to the configuration.")
    }
}
