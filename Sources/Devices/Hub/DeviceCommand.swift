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
    /// Anything else that a scanner may be told. One that cannot be told it does nothing.
    case tell(ScannerSignal)
    /// What a display shows. One that comes back shows none until it is asked again.
    case show(DisplayScreen)
}
