extension DeviceInfo {
    /// Its state, for people: the line above its explanation.
    package var stateWords: String {
        switch state {
        case .opening: "being opened"
        case .ready: "ready, used as a \(role.rawValue)"
        case .notClaimed: interfaces.contains { $0.driver == "usbfs" } ? "claimed by a program" : "not claimed"
        case .failed: "cannot be used"
        }
    }
}
