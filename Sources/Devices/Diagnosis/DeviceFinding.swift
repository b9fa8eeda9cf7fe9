/// Something that a technician should know of a device, and what to do about it.
package struct DeviceFinding: Sendable, Equatable {
    /// How bad it is.
    package enum Severity: String, Sendable, CaseIterable, Comparable {
        /// It keeps the device from being used.
        case fault
        /// The device works, and will fail or disturb sooner or later.
        case warning
        /// Nothing to mend.
        case note

        private var rank: Int {
            switch self {
            case .fault: 0
            case .warning: 1
            case .note: 2
            }
        }

        package static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }
    }

    /// What is found, by a name that stays the same. The raw value is that of the JSON.
    package enum Code: String, Sendable, CaseIterable {
        case descriptorUnreadable = "descriptor_unreadable"
        case wrongMode = "wrong_mode"
        case keyboardMode = "keyboard_mode"
        case groupMissing = "group_missing"
        case ruleMissing = "rule_missing"
        case ruleNotApplied = "rule_not_applied"
        case ruleUnfit = "rule_unfit"
        case notMember = "not_member"
        case noRight = "no_right"
        case openFails = "open_fails"
        case heldByProgram = "held_by_program"
        case heldByEdge = "held_by_edge"
        case nodeInUse = "node_in_use"
        case driverless = "interface_driverless"
        case unauthorized = "not_authorized"
        case unconfigured = "not_configured"
        case unread = "not_looked_at"
        case unknownKeyboard = "keyboard_unknown"
        case unknownLine = "line_unknown"
        case unfitLine = "line_unfit"
        case layoutWrong = "layout_wrong"
        case capsLock = "caps_lock"
        case testCodeUnread = "test_code_unread"
        case testCodeWrong = "test_code_wrong"
        case testCodeRight = "test_code_right"
        case autosuspend = "autosuspend"
        case decoyCollection = "decoy_collection"
        case noPhoneCodes = "no_phone_codes"
        case noLane = "no_lane"
        case twins = "twins"
        case edgeFailed = "edge_failed"
        case edgeOpening = "edge_opening"
        case edgeIgnores = "edge_ignores"
        case laneDisarmed = "lane_disarmed"
        case edgeNotRunning = "edge_not_running"
        case inUse = "in_use"
        case otherDevice = "other_device"
        case notPlugged = "not_plugged_in"
    }

    package let code: Code
    package let severity: Severity
    /// What is wrong and why, in sentences.
    package let what: String
    /// What to do, in sentences and commands; empty when there is nothing to do.
    package let fix: String

    init(_ code: Code, _ severity: Severity, _ what: String, fix: String = "") {
        self.code = code
        self.severity = severity
        self.what = what
        self.fix = fix
    }
}
