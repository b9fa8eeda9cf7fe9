import Testing
import USB

@testable import Devices

/// What is found of a device that an edge has, or should have.
@Suite struct DeviceDiagnosisEdgeTests {
    private static let node = USBNode(path: "/dev/bus/usb/001/004", owner: 0, group: 64, mode: 0o660)

    private func facts(
        _ edge: EdgeFacts, _ identity: (UInt16, UInt16) = (0x0c2e, 0x0967), driver: String? = "usbfs",
        role: DeviceRole = .scanner, _ change: (inout DeviceFacts) -> Void = { _ in }
    ) -> DeviceFacts {
        let device = StubHID.device(identity, [StubHID.interface(0)])
        var facts = DeviceFacts(
            info: DeviceInfo(
                device: device, role: role, state: .notClaimed, mode: DeviceTable.mode(of: device),
                interfaces: [DeviceInterface(number: 0, driver: driver, usage: "HID")], canOpen: true))
        facts.surroundings = USBSurroundings(powerControl: "on", node: Self.node)
        facts.edge = edge
        change(&facts)
        return facts
    }

    private func findings(_ facts: DeviceFacts) -> [DeviceFinding] { DeviceDiagnosis.findings(facts) }

    @Test(
        "An edge that was asked is never called a program in the way, whatever it makes of the device",
        arguments: [DeviceState.opening, .failed, .ready])
    func edgeHolds(state: DeviceState) {
        for holders in [[], [USBHolder(process: 7, program: "countertop", node: Self.node.path)]] {
            let found = findings(facts(.knows(state, lane: "1", explanation: "")) { $0.holders = holders })
            #expect(!found.contains { $0.code == .heldByProgram || $0.code == .heldByEdge }, "\(found)")
        }
    }

    @Test("A program that keeps a device from the edge is named although the edge was asked")
    func strangerHolds() throws {
        let found = findings(
            facts(.knows(.failed, lane: "1", explanation: "Another program has it.")) {
                $0.holders = [USBHolder(process: 9, program: "javapos", node: Self.node.path)]
            })
        #expect(found.map(\.code) == [.heldByProgram, .edgeFailed])
    }

    @Test(
        "Nobody is told to kill a countertop that did not answer",
        arguments: [EdgeFacts.unknown, .notRunning, .ignoring])
    func silentEdge(edge: EdgeFacts) throws {
        let found = findings(
            facts(edge) { $0.holders = [USBHolder(process: 7, program: "countertop", node: Self.node.path)] })
        let held = try #require(found.first { $0.code == .heldByEdge })
        #expect(held.severity == .warning && held.what.contains("process 7") && held.fix.contains("--edge"))
        #expect(!found.contains { $0.fix.contains("kill") })
    }

    @Test("A device that a running edge does not read is something to mend, with the edge's own words")
    func unread() throws {
        let left = try #require(
            findings(facts(.knows(.notClaimed, lane: "", explanation: "Its own words."), driver: "usbhid")).first)
        #expect(left.code == .edgeIgnores && left.severity == .fault && left.what.hasSuffix("Its own words."))
        let opening = try #require(findings(facts(.knows(.opening, lane: "", explanation: "It waits."))).first)
        #expect(opening.code == .edgeOpening && opening.severity == .warning && opening.what.hasSuffix("It waits."))
        let ignored = try #require(findings(facts(.ignoring, driver: "usbhid")).first)
        #expect(ignored.code == .edgeIgnores && ignored.severity == .fault && ignored.fix.contains("usb: real"))
    }

    @Test("A scanner whose lane is disarmed says so, and there is nothing to mend")
    func disarmed() {
        let found = findings(facts(.knows(.ready, lane: "1", explanation: "")) { $0.isArmed = false })
        #expect(found.map(\.code) == [.inUse, .laneDisarmed] && found.allSatisfy { $0.severity == .note })
    }

    @Test("A test code that is not read is something to mend")
    func testCodeUnread() {
        let silent = findings(
            facts(.knows(.ready, lane: "1", explanation: "")) { $0.testScan = TestScan(expected: "a", read: nil) })
        #expect(silent.first?.code == .testCodeUnread && silent.first?.severity == .fault)
        let disarmed = findings(
            facts(.knows(.ready, lane: "1", explanation: "")) {
                $0.testScan = TestScan(expected: "a", read: nil, isDisarmed: true)
            })
        #expect(disarmed.first?.code == .testCodeUnread && disarmed.first?.what.contains("disarmed") == true)
    }

    @Test("A letter whose capital has two letters is compared like any other")
    func sharpS() {
        let found = findings(
            facts(.knows(.ready, lane: "1", explanation: "")) {
                $0.wedge = WedgeSettings()
                $0.testScan = TestScan(expected: "a-", read: "aß")
            })
        #expect(found.first?.severity == .fault && found.first?.code != .capsLock)
    }

    @Test(
        "A device that no list has is looked at when the kernel has not read what it is for",
        arguments: [String?.none, "usbfs"])
    func unreadStranger(driver: String?) throws {
        let found = findings(facts(.notRunning, (0x1234, 0x0001), driver: driver, role: .other))
        #expect(found.contains { $0.code == .unread })
        #expect(found.first?.code == (driver == nil ? .driverless : .heldByProgram))
        #expect(
            !findings(facts(.notRunning, (0x1234, 0x0001), driver: "usbhid", role: .other)).contains {
                $0.code == .unread
            })
    }

    private func bare(_ change: (inout DeviceFacts) -> Void) -> [DeviceFinding] {
        findings(facts(.notRunning, driver: nil, change))
    }

    @Test("An interface without a driver is told by why it may be: kept out, not switched on, or bound to nobody")
    func driverless() {
        #expect(bare { $0.surroundings.isAuthorized = false }.first?.code == .unauthorized)
        #expect(bare { $0.surroundings.isConfigured = false }.first?.code == .unconfigured)
        #expect(bare { _ in }.first?.code == .driverless)
    }

    @Test("A device that may be opened and does not open is no matter of rights, and sleep is named where it may be")
    func openFails() throws {
        let fails: (inout DeviceFacts) -> Void = {
            $0.info.canOpen = false
            $0.info.openFailure = "The bus reported an error."
            $0.access.isRoot = true
        }
        let awake = try #require(findings(facts(.unknown, driver: "usbhid", fails)).first)
        #expect(awake.code == .openFails && !awake.fix.contains("DeviceAllow"))
        let asleep = findings(
            facts(.unknown, driver: "usbhid") {
                fails(&$0)
                $0.surroundings.powerControl = "auto"
            }
        ).first { $0.code == .openFails }
        #expect(asleep?.fix.hasPrefix("echo on | sudo tee /sys/bus/usb/devices/1-2/power/control") == true)
        let root = findings(
            facts(.unknown, driver: "usbhid") {
                fails(&$0)
                $0.info.openFailure = nil
            })
        #expect(root.first?.code == .noRight)
    }

    @Test("The commands that are to be copied do what they say, from any folder")
    func commands() throws {
        let refused: (inout DeviceFacts) -> Void = {
            $0.info.canOpen = false
            $0.access.edgeGroup = 64
            $0.surroundings.node = nil
        }
        let missing = findings(facts(.unknown, driver: "usbhid", refused)).first
        #expect(
            missing?.fix.hasPrefix("countertop udev-rules | sudo tee /etc/udev/rules.d/60-countertop.rules") == true)
        let unfit = findings(
            facts(.unknown, (0x04d9, 0x1603), driver: "usbhid") {
                refused(&$0)
                $0.access.ruleFile = "/etc/udev/rules.d/60-countertop.rules"
                $0.wedge = WedgeSettings()
            }
        ).first
        #expect(unfit?.fix.contains("MODE=\"0660\", ATTR{power/control}=\"on\"") == true)
        let sleepy = findings(
            facts(.unknown, (0x04d9, 0x1603), driver: "usbhid") {
                $0.wedge = WedgeSettings()
                $0.surroundings.powerControl = "auto"
            }
        ).first
        #expect(sleepy?.code == .autosuspend && sleepy?.fix.contains("ATTR{idVendor}==\"04d9\"") == true)
    }

    @Test("A node that a rule of one's own has given to the group needs no other rule")
    func ownRule() {
        let found = findings(
            facts(.unknown, driver: "usbhid") {
                $0.info.canOpen = false
                $0.access.edgeGroup = 64
            })
        #expect(found.first?.code == .notMember)
    }
}
