import Foundation
import Testing
import USB

@testable import Devices

@Suite struct UdevRulesTests {
    private func file() throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("udev/\(UdevRules.fileName)")
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test("The file in udev is what the device table makes of it: run make rules after a change")
    func isGenerated() throws {
        #expect(try file() == UdevRules.text)
    }

    @Test("What the rules name is known without them, and so is what they do not name")
    func names() {
        let hid = StubHID.interface(0)
        let serial = StubHID.interface(0, class: 0x0A)
        for (identity, interface) in [
            ((UInt16(0x05e0), UInt16(0x9999)), hid), ((0x03f0, 0x1d24), hid), ((0x0581, 0x0107), hid),
            ((0x05f9, 0x4204), serial), ((0x1eab, 0x1306), serial), ((0x0fa8, 0x0001), hid), ((0x04b3, 0x4671), hid),
        ] {
            #expect(UdevRules.name(StubHID.device(identity, [interface])), "\(identity)")
        }
        for (identity, interface) in [
            ((UInt16(0x05e0), UInt16(0x9999)), serial), ((0x04d9, 0x1603), hid), ((0x0403, 0x6001), serial),
            ((0x03f0, 0x0001), hid),
        ] {
            #expect(!UdevRules.name(StubHID.device(identity, [interface])), "\(identity)")
        }
    }

    /// The ids of the rules for scanners, as patterns, by the variable that they are compared with.
    private func patterns(of variable: String) throws -> [String] {
        let rules = try file().replacingOccurrences(of: "\\\n", with: "")
        return rules.split(separator: "\n").filter { $0.hasPrefix("ENV{\(variable)}==") && $0.contains("ROLE") }
            .flatMap { rule in rule.split(separator: "\"")[1].split(separator: "|").map(String.init) }
    }

    private func matches(_ identity: String, _ pattern: String) -> Bool {
        fnmatch(pattern, identity, 0) == 0
    }

    @Test("Every scanner whose number is listed is given to the group, whatever classes its interfaces are of")
    func coverTable() throws {
        let (hid, line) = (try patterns(of: "COUNTERTOP_ID"), try patterns(of: "COUNTERTOP_LINE"))
        #expect(hid.count > 10 && line.count > 10)
        for (number, entry) in DeviceTable.listed where entry.role == .scanner {
            let identity = StubHID.device((UInt16(number >> 16), UInt16(number & 0xFFFF)), []).identity
            switch entry.mode {
            case .serial, .vendorSerial: #expect(line.contains { matches(identity, $0) }, "\(identity)")
            case nil:
                #expect(line.contains { matches(identity, $0) }, "\(identity)")
                #expect(hid.contains { matches(identity, $0) }, "\(identity)")
            default: #expect(hid.contains { matches(identity, $0) }, "\(identity)")
            }
        }
    }

    @Test("Scanners that a rule over numbers knows are given to the group", arguments: ["05f9:4204", "1eab:1306"])
    func coverRules(identity: String) throws {
        #expect(try patterns(of: "COUNTERTOP_LINE").contains { matches(identity, $0) })
    }

    @Test(
        "USB-serial cables stay with whoever has them", arguments: ["0403:6001", "067b:2303", "10c4:ea60", "1a86:7523"])
    func leaveBridges(identity: String) throws {
        let all = try patterns(of: "COUNTERTOP_LINE") + patterns(of: "COUNTERTOP_ID")
        #expect(!all.contains { matches(identity, $0) })
    }
}
