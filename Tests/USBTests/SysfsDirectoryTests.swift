import Foundation
import Testing

@testable import USB

@Suite final class SysfsDirectoryTests {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent("sysfs-\(UUID().uuidString)")
    private let device: URL

    init() throws {
        device = root.appendingPathComponent("1-4.2")
        try FileManager.default.createDirectory(at: device, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: device.appendingPathComponent(name))
    }

    private func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            at: device.appendingPathComponent(name), withIntermediateDirectories: true)
    }

    private func directory() throws -> SysfsDirectory {
        try #require(SysfsDirectory(USBPath("1-4.2"), root: root.path))
    }

    @Test(
        "A path that is not one names no directory", arguments: ["", ".", "..", "../1-4", "1-4/..", "usb1", "a", "-1"])
    func hostilePath(path: String) {
        #expect(SysfsDirectory(USBPath(path)) == nil)
    }

    @Test("Attributes that are not there are nil")
    func empty() throws {
        let directory = try directory()
        #expect(directory.manufacturer == nil && directory.product == nil && directory.serial == nil)
        #expect(directory.configurationBytes == nil && directory.configurationValue == nil && directory.address == nil)
        #expect(directory.driver(interface: 0) == nil)
    }

    @Test("A string loses the control characters that UTF-8 writes in two bytes")
    func longControls() throws {
        try write(Array("A\u{9b}31m\u{85}B\n".utf8), to: "product")
        #expect(try directory().product == "A 31m B")
    }

    @Test("A string loses its line end, control characters and bytes that are not UTF-8, and is bounded")
    func strings() throws {
        try write(Array("Symbol Bar Code Scanner\n".utf8), to: "product")
        try write([0x53, 0x1b, 0x5b, 0x07, 0xff, 0x0a], to: "serial")
        try write([UInt8](repeating: 0x41, count: 10_000), to: "manufacturer")
        let directory = try directory()
        #expect(directory.product == "Symbol Bar Code Scanner")
        #expect(directory.serial == "S [ \u{fffd}")
        #expect(directory.manufacturer?.utf8.count == USBLimits.stringBytesMax)
    }

    @Test("The active configuration is read, and the first while none is active")
    func configuration() throws {
        var second = RealDescriptors.scanner
        second[5] = 2
        try write(RealDescriptors.keyboardDevice + RealDescriptors.keyboard + second, to: "descriptors")
        #expect(try directory().configurationBytes == RealDescriptors.keyboard)
        try makeFolder("1-4.2:2.0")
        #expect(try directory().configurationBytes == second)
    }

    @Test("The report descriptor is where the kernel's HID driver keeps it")
    func reportDescriptor() throws {
        #expect(try directory().reportDescriptor(interface: 0) == nil)
        let hid = device.appendingPathComponent("1-4.2:1.0/0003:0C2E:0967.0001")
        try FileManager.default.createDirectory(at: hid, withIntermediateDirectories: true)
        #expect(try directory().reportDescriptor(interface: 0) == nil)
        try Data([0x05, 0x8c]).write(to: hid.appendingPathComponent("report_descriptor"))
        #expect(try directory().reportDescriptor(interface: 0) == [0x05, 0x8c])
    }

    @Test("The driver of an interface is where its link points")
    func driver() throws {
        let interface = device.appendingPathComponent("1-4.2:1.1")
        try FileManager.default.createDirectory(at: interface, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: interface.appendingPathComponent("driver").path,
            withDestinationPath: "../../../bus/usb/drivers/usbhid")
        #expect(try directory().driver(interface: 1) == "usbhid")
        #expect(try directory().driver(interface: 0) == nil)
    }

    @Test("What is told on the event thread is read from no file that the kernel answers under the device's lock")
    func waitsForNoLock() throws {
        // A pipe that nobody writes to, as a file of a device that does not answer the kernel: opening it would wait for ever.
        for name in ["bConfigurationValue", "manufacturer", "product", "serial"] {
            try #require(mkfifo(device.appendingPathComponent(name).path, 0o600) == 0)
        }
        try write(RealDescriptors.keyboardDevice + RealDescriptors.keyboard, to: "descriptors")
        try makeFolder("1-4.2:1.0")
        let directory = try directory()
        #expect(directory.driver(interface: 0) == nil && directory.reportDescriptor(interface: 0) == nil)
        #expect(directory.configurationValue == 1 && directory.isConfigured == nil)
        #expect(directory.descriptors == Array(RealDescriptors.keyboardDevice.prefix(18)) + RealDescriptors.keyboard)
        #expect(directory.interfaceNodes.isEmpty)
    }

    @Test("An interface is found by its whole number, whatever the configuration's")
    func interfaceFolders() throws {
        for name in ["1-4.2:3.1", "1-4.2:3.11", "ep_00", "1-4.2.1"] { try makeFolder(name) }
        let directory = try directory()
        #expect(directory.configurationValue == 3)
        #expect(directory.folder(ofInterface: 1) == "1-4.2:3.1" && directory.folder(ofInterface: 11) == "1-4.2:3.11")
        #expect(directory.folder(ofInterface: 2) == nil)
    }

    @Test("A configuration that the kernel has not, or that breaks the standard, is none, with why and what to do")
    func unreadableConfiguration() throws {
        let missing = try directory().configuration
        #expect(missing.0.interfaces.isEmpty)
        #expect(missing.fault?.contains("could not read its configuration descriptor") == true)
        try write(RealDescriptors.keyboardDevice + [9, 2, 34, 0, 1, 1, 0, 0xa0, 50, 9, 4, 0], to: "descriptors")
        let broken = try directory().configuration
        #expect(broken.0.interfaces.isEmpty)
        #expect(broken.fault?.contains("impossible length") == true)
        #expect(broken.fault?.contains("Plug it in again") == true)
        try write(RealDescriptors.keyboardDevice + RealDescriptors.keyboard, to: "descriptors")
        #expect(try directory().configuration.fault == nil)
    }
}
