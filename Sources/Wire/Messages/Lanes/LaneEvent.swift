import CCountertopProtos

/// Something that happened in a lane.
public struct LaneEvent: WireMessage {
    public static let schema = WireSchema(countertop__v1__lane_event__init)

    /// What happened; `nil` when it is something this version does not know.
    public var event: Event?

    public init() {}

    public init(event: Event? = nil) {
        self.event = event
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.choice(1, "lane", &event, Event.lane) {
            if case .lane(let value) = $0 { value } else { nil }
        }
        fields.choice(2, "scan", &event, Event.scan) {
            if case .scan(let value) = $0 { value } else { nil }
        }
        fields.choice(3, "gap", &event, Event.gap) {
            if case .gap(let value) = $0 { value } else { nil }
        }
        fields.choice(4, "follow_up", &event, Event.followUp) {
            if case .followUp(let value) = $0 { value } else { nil }
        }
    }

    /// What happened.
    public enum Event: Sendable, Equatable {
        /// The lane as it stands; the first event of each watch, and again whenever its basket, till, scanners or
        /// display change.
        case lane(Lane)
        case scan(Scan)
        /// Scans that should have come next cannot be given.
        case gap(Gap)
        /// What a system outside said of an earlier scan.
        case followUp(FollowUp)
    }
}
