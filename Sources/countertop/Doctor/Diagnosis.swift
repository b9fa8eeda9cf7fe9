import Foundation

/// One thing that was looked at, what was found, and what to do.
struct Diagnosis: Codable, Equatable {
    enum Severity: String, Codable, Comparable {
        /// As it should be.
        case fine
        /// It could not be looked at.
        case unknown
        /// It works, but not as well as it should, or not for long.
        case warning
        /// It does not work.
        case wrong

        static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .fine: 0
            case .unknown: 1
            case .warning: 2
            case .wrong: 3
            }
        }
    }

    /// What was looked at: "udev rules", "clock".
    let check: String
    let severity: Severity
    /// What was found and what it means.
    let message: String
    /// The command that mends it, or for a device what to do, in lines; `nil` when there is nothing to type.
    let command: String?

    init(_ check: String, _ severity: Severity, _ message: String, command: String? = nil) {
        self.check = check
        self.severity = severity
        self.message = message
        self.command = command
    }
}
