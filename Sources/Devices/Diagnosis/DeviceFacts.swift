package import USB

/// What was found out of a device without taking it from anybody: what ``DeviceDiagnosis`` judges by.
package struct DeviceFacts: Sendable {
    /// The name of the edge's program, as the kernel has it.
    package static let edgeProgram = "countertop"

    /// As ``DeviceSurvey`` sees it.
    package var info: DeviceInfo
    /// What the outermost collections of an interface are for, where the kernel has read its report descriptor.
    package var collections: [UInt8: [HIDUsage]] = [:]
    package var surroundings = USBSurroundings()
    /// The programs that have a node of the device open.
    package var holders: [USBHolder] = []
    /// Whether every program could be looked at.
    package var seesEveryHolder = true
    package var access = AccessFacts()
    package var edge = EdgeFacts.unknown
    /// Whether the edge's lane of the device wants to read now; `nil` when that is not known.
    package var isArmed: Bool?
    /// The lines to add so that a lane takes it; `nil` when one does, or none should.
    package var laneAdvice: String?
    /// How it types if it is read as a keyboard; `nil` for every other device.
    package var wedge: WedgeSettings?
    /// A code of which it is known what it holds, and what the device made of it; `nil` when none was scanned.
    package var testScan: TestScan?
    /// Other devices of the same maker, product and serial number, or without any.
    package var twins: [USBPath] = []
    /// Whether a port of this machine has it. The edge's virtual devices are in none.
    package var isPlugged = true
    /// Whether the configuration binds the device by its model or serial number, which its twins share.
    package var isBoundByLikeness = false

    package init(info: DeviceInfo) {
        self.info = info
    }
}

/// Who looks, and what of the set-up is there.
package struct AccessFacts: Sendable, Equatable {
    package var isRoot = false
    /// The name of the user who looks.
    package var user = ""
    /// The numbers of the groups this process is in.
    package var groups: Set<UInt32> = []
    /// The number of the group "countertop"; `nil` when the machine has none.
    package var edgeGroup: UInt32?
    /// Where the udev rules are installed; `nil` when they are not.
    package var ruleFile: String?

    package init() {}
}

/// What a running edge makes of the device.
package enum EdgeFacts: Sendable, Equatable {
    /// It could not be asked.
    case unknown
    case notRunning
    /// It runs, and does not know the device.
    case ignoring
    case knows(DeviceState, lane: String, explanation: String)

    var isUsing: Bool {
        if case .knows(.ready, _, _) = self { true } else { false }
    }

    /// Whether the edge has the device in its hands, or has it again and again while it tries to.
    var mayHold: Bool {
        switch self {
        case .knows(.ready, _, _), .knows(.opening, _, _), .knows(.failed, _, _): true
        default: false
        }
    }
}

/// A code of which it is known what it holds, and what a scanner made of it.
package struct TestScan: Sendable, Equatable {
    package let expected: String
    /// `nil` when nothing was read in time.
    package let read: String?
    /// Whether something came and was dropped, because the lane does not want to read now.
    package var isDisarmed = false

    package init(expected: String, read: String?, isDisarmed: Bool = false) {
        self.isDisarmed = isDisarmed
        self.expected = expected
        self.read = read
    }
}
