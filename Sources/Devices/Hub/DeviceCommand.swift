/// What a scanner tells the person who holds it.
package enum Feedback: String, Sendable, CaseIterable {
    case goodRead
    case notOnFile
    case error
}

/// What a device is asked to do.
package enum DeviceCommand: Sendable, Equatable {
    /// A scanner without such a beep stays silent.
    case beep(Feedback)
    /// The scanner reads; so does every scanner that arrives.
    case arm
    /// The scanner reads nothing, or what it reads is dropped, until ``arm`` or until it is plugged in again.
    case disarm
    /// The lines of a display, from the top. A display that comes back shows none until it is asked again.
    case show([String])
}
