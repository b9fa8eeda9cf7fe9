/// What a scanner can be told, in nobody's words.
package enum ScannerSignal: String, Sendable, Hashable, CaseIterable {
    case goodRead
    case error
    case notOnFile
    /// Reads nothing until ``allowRead``, and no longer than ``HubLimits/holdWait``: what a lane wants read, it reads.
    case preventRead
    case allowRead
    /// Reads as if its trigger were pulled.
    case pullTrigger
    case releaseTrigger
    case aim
    case stopAiming
    case lightOn
    case lightOff
    /// Speaks as the host wants to be spoken to.
    case begin
    /// Says which firmware it has.
    case askRevision

    /// The signal that this one replaces while it waits to be sent.
    var opposite: ScannerSignal? {
        switch self {
        case .pullTrigger: .releaseTrigger
        case .releaseTrigger: .pullTrigger
        case .aim: .stopAiming
        case .stopAiming: .aim
        case .lightOn: .lightOff
        case .lightOff: .lightOn
        case .preventRead: .allowRead
        case .allowRead: .preventRead
        default: nil
        }
    }

    /// Whether it stops the scanner's reading; `nil` for a signal that has nothing to do with it.
    var holdsReading: Bool? {
        switch self {
        case .preventRead: true
        case .allowRead: false
        default: nil
        }
    }
}
