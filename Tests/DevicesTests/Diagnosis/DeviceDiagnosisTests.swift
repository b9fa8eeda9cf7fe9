import Testing
import USB

@testable import Devices

@Suite struct DeviceDiagnosisTests {
    private static let node = USBNode(path: "/dev/bus/usb/001/004", owner: 0, group: 64, mode: 0o660)

    /// A scanner in HID POS mode with which all is well, and no edge.
    private func facts(
        _ identity: (UInt16, UInt16) = (0x0c2e, 0x0967), driver: String? = "usbhid", role: DeviceRole = .scanner,
        _ change: (inout DeviceFacts) -> Void = { _ in }
    ) -> DeviceFacts {
        let device = StubHID.device(identity, [StubHID.interface(0)])
        var info = DeviceInfo(
            device: device, role: role, state: .notClaimed, mode: DeviceTable.mode(of: device),
            interfaces: [DeviceInterface(number: 0, driver: driver, usage: "HID")], canOpen: true)
        info.capabilities = ScannerCapabilities()
        var facts = DeviceFacts(info: info)
        facts.surroundings = USBSurroundings(powerControl: "on", node: Self.node)
        facts.access.edgeGroup = 64
        facts.access.groups = [64]
        facts.access.ruleFile = "/etc/udev/rules.d/60-countertop.rules"
        facts.edge = .knows(.ready, lane: "1", explanation: "")
        change(&facts)
        return facts
    }

    private func codes(_ facts: DeviceFacts) -> [DeviceFinding.Code] { DeviceDiagnosis.findings(facts).map(\.code) }

    @Test("A scanner that an edge uses has nothing to mend")
    func sound() {
        let findings = DeviceDiagnosis.findings(facts())
        #expect(findings.map(\.code) == [.inUse])
        #expect(findings.first?.what == "The edge uses it as a scanner of lane 1.")
    }

    @Test(
        "A mode that is not read is a fault, with the setting to scan by the name in the maker's manual",
        arguments: [
            ((UInt16(0x05e0), UInt16(0x1300)), "SNAPI"), ((0x0c2e, 0x0007), "two-way USB serial"),
            ((0x05f9, 0x1206), "USB-COM"), ((0x05f9, 0x5204), "USB-COM"),
        ])
    func wrongMode(identity: (UInt16, UInt16), setting: String) throws {
        let finding = try #require(DeviceDiagnosis.findings(facts(identity) { $0.edge = .ignoring }).first)
        #expect(finding.code == .wrongMode && finding.severity == .fault)
        #expect(finding.fix.contains(setting))
        #expect(finding.what.contains(StubHID.device(identity, []).identity.suffix(4)))
    }

    @Test("A scanner of such a number that is read all the same is in no wrong mode")
    func readAnyway() {
        #expect(codes(facts((0x05e0, 0x1300))) == [.inUse])
        #expect(
            !codes(
                facts((0x05e0, 0x1300)) {
                    $0.edge = .ignoring
                    $0.info.interfaces[0].usage = "bar code scanner"
                }
            ).contains(.wrongMode))
    }

    @Test("A scanner that types is told of the better mode, and there is nothing to mend")
    func keyboardMode() {
        let findings = DeviceDiagnosis.findings(facts((0x05e0, 0x1200)))
        #expect(findings.map(\.code) == [.keyboardMode, .inUse] && findings.allSatisfy { $0.severity == .note })
    }

    @Test("Without the right to open it, the first step that is missing is named")
    func access() {
        let refused: (inout DeviceFacts) -> Void = {
            $0.info.canOpen = false
            $0.access.groups = []
            $0.edge = .unknown
        }
        #expect(
            codes(
                facts {
                    refused(&$0)
                    $0.access.edgeGroup = nil
                }
            ).first == .groupMissing)
        #expect(
            codes(
                facts {
                    refused(&$0)
                    $0.access.ruleFile = nil
                    $0.surroundings.node = USBNode(path: Self.node.path, owner: 0, group: 0, mode: 0o664)
                }
            ).first == .ruleMissing)
        #expect(
            codes(
                facts {
                    refused(&$0)
                    $0.surroundings.node = USBNode(path: Self.node.path, owner: 0, group: 0, mode: 0o664)
                }
            ).first == .ruleNotApplied)
        #expect(
            codes(
                facts((0x04d9, 0x1603)) {
                    refused(&$0)
                    $0.wedge = WedgeSettings()
                    $0.surroundings.node = USBNode(path: Self.node.path, owner: 0, group: 0, mode: 0o664)
                }
            ).first == .ruleUnfit)
        #expect(codes(facts { refused(&$0) }).first == .notMember)
        #expect(
            codes(
                facts {
                    refused(&$0)
                    $0.access.groups = [64]
                }
            ).first == .noRight)
    }

    @Test("To root, who may open everything, it is told when the edge may not")
    func accessOfTheEdgeToRoot() {
        let root: (inout DeviceFacts) -> Void = {
            $0.access.isRoot = true
            $0.access.groups = [0]
            $0.edge = .knows(.failed, lane: "1", explanation: "It cannot be opened.")
            $0.surroundings.node = USBNode(path: Self.node.path, owner: 0, group: 0, mode: 0o664)
        }
        let applied = DeviceDiagnosis.findings(facts { root(&$0) })
        #expect(applied.map(\.code).contains(.ruleNotApplied), "\(applied)")
        #expect(applied.first { $0.code == .ruleNotApplied }?.fix.hasPrefix("sudo udevadm control --reload") == true)
        // A cable that the configuration names and no rule does.
        let cable = DeviceDiagnosis.findings(facts((0x0403, 0x6001)) { root(&$0) })
        #expect(cable.first { $0.code == .ruleUnfit }?.fix.contains("61-countertop-store.rules") == true, "\(cable)")
        var missing = facts { root(&$0) }
        missing.access.ruleFile = nil
        #expect(codes(missing).contains(.ruleMissing))
        var given = facts { root(&$0) }
        given.surroundings.node = Self.node
        let rights: [DeviceFinding.Code] = [.ruleNotApplied, .ruleUnfit, .ruleMissing]
        #expect(Set(codes(given)).isDisjoint(with: rights))
    }

    @Test("The commands of missing rights can be copied as they stand")
    func accessCommands() throws {
        let findings = DeviceDiagnosis.findings(
            facts {
                $0.info.canOpen = false
                $0.access.groups = []
                $0.access.user = "anna"
                $0.edge = .notRunning
            })
        #expect(findings.first?.fix == "sudo usermod -aG countertop anna\nThen log in anew.")
    }

    @Test("A right that is missing is no fault while an edge of another user has the device")
    func accessOfTheEdge() throws {
        let findings = DeviceDiagnosis.findings(
            facts {
                $0.info.canOpen = false
                $0.access.ruleFile = nil
                $0.surroundings.node = nil
            })
        #expect(findings.allSatisfy { $0.severity == .note } && findings.contains { $0.code == .ruleMissing })
    }

    @Test("A program that has claimed it is named, and the edge is none")
    func holders() throws {
        let held: (inout DeviceFacts) -> Void = {
            $0.edge = .notRunning
            $0.holders = [USBHolder(process: 4711, program: "javapos", node: Self.node.path)]
        }
        let finding = try #require(DeviceDiagnosis.findings(facts(driver: "usbfs") { held(&$0) }).first)
        #expect(finding.code == .heldByProgram && finding.what.contains("javapos (process 4711)"))
        #expect(finding.fix.contains("sudo kill 4711"))
        #expect(!codes(facts(driver: "usbfs")).contains(.heldByProgram))
        let unseen = try #require(
            DeviceDiagnosis.findings(
                facts(driver: "usbfs") {
                    $0.edge = .notRunning
                    $0.seesEveryHolder = false
                }
            ).first)
        #expect(unseen.code == .heldByProgram && unseen.fix.contains("sudo countertop debug explain 1-2"))
    }

    @Test("A program that listens beside the edge is named with the node it listens at")
    func listeners() throws {
        let found = facts {
            $0.surroundings.otherNodes = ["/dev/ttyACM0"]
            $0.holders = [USBHolder(process: 12, program: "ModemManager", node: "/dev/ttyACM0")]
        }
        let finding = try #require(DeviceDiagnosis.findings(found).first { $0.code == .nodeInUse })
        #expect(
            finding.severity == .warning && finding.what.contains("ModemManager (process 12) has /dev/ttyACM0 open"))
    }

    @Test("An interface without its driver is named unless the edge holds it")
    func driverless() {
        #expect(codes(facts(driver: nil) { $0.edge = .notRunning }).contains(.driverless))
        #expect(!codes(facts(driver: nil)).contains(.driverless))
        #expect(!codes(facts { $0.edge = .notRunning }).contains(.driverless))
    }

    @Test("Sleep that the kernel may send it to is a warning, with the command against it")
    func power() throws {
        let findings = DeviceDiagnosis.findings(facts { $0.surroundings.powerControl = "auto" })
        let finding = try #require(findings.first)
        #expect(finding.code == .autosuspend && finding.severity == .warning)
        #expect(finding.fix.contains("/sys/bus/usb/devices/1-2/power/control"))
    }

    @Test("A keyboard's own channel on the scanners' page is told apart from a scanner's")
    func decoys() {
        let decoys = [HIDUsage(page: 0x8C, id: 0x01), HIDUsage(page: 0x8C, id: 0x06), HIDUsage(page: 0xFF8C, id: 0x02)]
        for usage in decoys {
            let found = codes(facts { $0.collections = [0: [usage]] })
            #expect(found.contains(.decoyCollection), "\(usage)")
        }
        #expect(!codes(facts { $0.collections = [0: [HIDUsage(page: 0x8C, id: 0x02)]] }).contains(.decoyCollection))
    }

    @Test("A keyboard that nobody knows comes with the line to add, and is nothing to mend")
    func stranger() throws {
        let findings = DeviceDiagnosis.findings(
            facts((0x04d9, 0x1603), role: .other) {
                $0.info.interfaces[0].usage = "keyboard"
                $0.edge = .ignoring
            })
        let finding = try #require(findings.first)
        #expect(finding.code == .unknownKeyboard && finding.severity == .note)
        #expect(finding.fix.hasSuffix("keyboards:\n  - device: \"04d9:1603\""))
    }

    @Test("A scanner that reads no telephones says which codes it does not read")
    func phones() throws {
        let laser = DeviceDiagnosis.findings(facts { $0.info.capabilities.reads2D = false })
        #expect(laser.first?.code == .noPhoneCodes && laser.first?.what.contains("2D") == true)
        let screens = DeviceDiagnosis.findings(facts { $0.info.capabilities.readsScreens = false })
        #expect(screens.first?.what.contains("screens") == true)
        #expect(!codes(facts()).contains(.noPhoneCodes))
    }

    @Test("A scanner that no lane takes comes with the lines for the configuration")
    func lanes() throws {
        let advice = "No lane takes this scanner, and its scans are dropped. Add it:\nlanes:\n  - {name: \"1\"}"
        let finding = try #require(DeviceDiagnosis.findings(facts { $0.laneAdvice = advice }).first)
        #expect(finding.code == .noLane && finding.what == "No lane takes this scanner, and its scans are dropped.")
        #expect(finding.fix == "Add it:\nlanes:\n  - {name: \"1\"}")
    }

    @Test("Two scanners that cannot be told apart are a warning when the configuration binds by what they share")
    func twins() {
        let paths = [USBPath("1-3")]
        let byPath = DeviceDiagnosis.findings(facts { $0.twins = paths }).first { $0.code == .twins }
        let byLikeness = DeviceDiagnosis.findings(
            facts {
                $0.twins = paths
                $0.isBoundByLikeness = true
            }
        ).first
        #expect(byPath?.severity == .note)
        #expect(byLikeness?.code == .twins && byLikeness?.severity == .warning)
        #expect(byLikeness?.fix.contains("devices: [\"1-2\"]") == true)
    }

    @Test("Without an edge a wedge's scans go to whatever has the focus")
    func noEdge() throws {
        let findings = DeviceDiagnosis.findings(
            facts((0x05e0, 0x1200)) {
                $0.edge = .notRunning
                $0.info.interfaces[0].usage = "keyboard"
            })
        let finding = try #require(findings.first)
        #expect(finding.code == .edgeNotRunning && finding.what.contains("typed into"))
    }

    @Test("What the edge could not do is told, whatever else is found")
    func edgeFailed() {
        let failed = EdgeFacts.knows(.failed, lane: "", explanation: "It was refused.")
        #expect(codes(facts { $0.edge = failed }) == [.edgeFailed])
        #expect(codes(facts((0x05e0, 0x1300)) { $0.edge = failed }) == [.wrongMode, .edgeFailed])
    }

    @Test("A descriptor that cannot be read is the only thing that is told")
    func unreadable() {
        let device = USBDevice(
            plug: 0, path: USBPath("1-2"), vendorID: 0x05e0, productID: 0x1300, release: 0, deviceClass: 0,
            manufacturer: nil, product: nil, serial: nil, configuration: USBConfiguration(interfaces: []),
            fault: "It cannot be read.")
        #expect(codes(DeviceFacts(info: DeviceInfo(device: device))) == [.descriptorUnreadable])
    }

    @Test("The test code tells a wrong layout from Caps Lock, and both from something else")
    func testCode() throws {
        let wedge: (inout DeviceFacts) -> Void = { $0.wedge = WedgeSettings() }
        let judge = { (expected: String, read: String) in
            DeviceDiagnosis.findings(
                self.facts {
                    wedge(&$0)
                    $0.testScan = TestScan(expected: expected, read: read)
                })
        }
        #expect(judge("abc-1", "abc-1").map(\.code) == [.testCodeRight, .inUse])
        let german = try #require(judge("Zy-/1", "Yz/&1").first)
        #expect(german.code == .layoutWrong && german.fix.contains("layout: de"))
        #expect(judge("abc", "ABC").first?.code == .capsLock)
        #expect(judge("abc", "xyz1").first?.code == .testCodeWrong)
        let serial = DeviceDiagnosis.findings(facts { $0.testScan = TestScan(expected: "abc", read: "abd") })
        #expect(serial.first?.code == .testCodeWrong && serial.first?.fix.contains("parity") == true)
    }

    @Test("Every finding says what is wrong in a sentence, and faults say what to do")
    func words() {
        let all = [
            facts((0x05e0, 0x1300)) { $0.edge = .ignoring }, facts(driver: nil) { $0.edge = .notRunning },
            facts { $0.surroundings.powerControl = "auto" }, facts { $0.info.capabilities.reads2D = false },
        ].flatMap { DeviceDiagnosis.findings($0) }
        for finding in all {
            #expect(finding.what.hasSuffix("."), "\(finding)")
            #expect(finding.severity == .note || !finding.fix.isEmpty, "\(finding)")
        }
    }
}
