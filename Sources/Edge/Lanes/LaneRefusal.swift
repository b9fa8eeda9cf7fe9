/// Why a lane does not do what a till asks.
enum LaneRefusal: Error, Sendable, Equatable {
    /// Another basket is open in the lane.
    case basketOpen
    /// No basket with this number is open.
    case basketUnknown
    /// Another customer is in the basket, and the till did not say that it may be replaced.
    case customerPresent
    /// Another till holds the lane; for how long the lane is kept for it, when its connection was lost.
    case held(for: Duration?)
}
