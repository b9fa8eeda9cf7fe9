import Foundation
import Testing

@testable import USB

@Suite final class USBSurroundingsTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("usb-\(UUID().uuidString)")

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func write(_ text: String, to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func surroundings() -> USBSurroundings {
        let device = USBDevice(
            plug: 1, path: USBPath("1-4"), vendorID: 1, productID: 2, release: 0, deviceClass: 0, manufacturer: nil,
            product: nil, serial: nil, configuration: USBConfiguration(interfaces: []))
        return USBSurroundings(of: device, root: folder.path + "/sys", devices: folder.path + "/dev")
    }

    @Test("Power, node and the nodes of interfaces are found where the kernel puts them")
    func finds() throws {
        try write("auto\n", to: "sys/1-4/power/control")
        try write("1\n", to: "sys/1-4/busnum")
        try write("17\n", to: "sys/1-4/devnum")
        try write("", to: "sys/1-4/1-4:1.0/tty/ttyACM0/dev")
        try write("", to: "sys/1-4/1-4:1.1/0003:05E0:1200.0001/hidraw/hidraw3/dev")
        try write("", to: "sys/1-4/1-4:1.2/ttyUSB0/tty/ttyUSB0/dev")
        try write("", to: "dev/bus/usb/001/017")
        let found = surroundings()
        #expect(found.powerControl == "auto")
        let dev = folder.path + "/dev"
        #expect(found.node?.path == dev + "/bus/usb/001/017")
        #expect(found.node?.owner == getuid())
        #expect(found.otherNodes == ["\(dev)/hidraw3", "\(dev)/ttyACM0", "\(dev)/ttyUSB0"])
    }

    @Test("A device that is kept out, or not switched on, is known by the kernel's own files")
    func keptOut() throws {
        try write("17\n", to: "sys/1-4/devnum")
        try write("0\n", to: "sys/1-4/authorized")
        #expect(surroundings().isAuthorized == false && surroundings().isConfigured == false)
        try write("1\n", to: "sys/1-4/authorized")
        try write("", to: "sys/1-4/1-4:1.0/bInterfaceNumber")
        #expect(surroundings().isAuthorized == true && surroundings().isConfigured == true)
    }

    @Test("An edge is known by its program and a device it has open, whether it answers or not")
    func processes() throws {
        let devices = folder.path + "/dev/bus/usb/"
        for (process, program) in [(21, "countertop"), (22, "countertop"), (23, "javapos")] {
            try write("\(program)\n", to: "proc/\(process)/comm")
            let files = folder.path + "/proc/\(process)/fd"
            try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
            guard process != 22 else { continue }
            try FileManager.default.createSymbolicLink(
                atPath: files + "/5", withDestinationPath: devices + "001/004")
        }
        // Of another user: its files cannot be looked at.
        for (process, verb) in [(24, "run"), (25, "watch")] {
            try write("countertop\n", to: "proc/\(process)/comm")
            try write("/usr/bin/countertop\u{0}\(verb)\u{0}", to: "proc/\(process)/cmdline")
        }
        let found = USBHolders.processes(
            of: "countertop", argument: "run", nodesUnder: devices, root: folder.path + "/proc")
        #expect(found == [21, 24])
    }

    @Test("Of a device that left nothing is known")
    func left() {
        #expect(surroundings() == USBSurroundings())
    }

    @Test("A program that has a node open is found by its process, unless it is this one")
    func holders() throws {
        try write("", to: "dev/node")
        let node = folder.path + "/dev/node"
        try write("javapos\n", to: "proc/4711/comm")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/proc/4711/fd", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/proc/4711/fd/7", withDestinationPath: node)
        try write("other\n", to: "proc/12/comm")
        try FileManager.default.createDirectory(atPath: folder.path + "/proc/12/fd", withIntermediateDirectories: true)
        try write("", to: "proc/uptime")
        let found = USBHolders(of: [node], root: folder.path + "/proc")
        #expect(found.all == [USBHolder(process: 4711, program: "javapos", node: node)])
        #expect(found.isComplete)
        try write("closed\n", to: "proc/13/comm")
        #expect(!USBHolders(of: [node], root: folder.path + "/proc").isComplete)
        #expect(USBHolders(of: []).all.isEmpty)
    }
}
