import Capture
import Devices
import Foundation
import Testing
import USB

@testable import countertop

@Suite("A report for support")
struct ReportCommandTests {
    /// What is planted where a careless report would find it.
    private static let canaries = [
        "KARINORDAS", "Nordås", "99000001", "CANARYTOKEN", "CANARYPASSWORD", "PRIVATE KEY", "countertop-key",
    ]

    /// A capture with a descriptor that was read, and a scan.
    private static func plant(in path: String) throws {
        let writer = try CaptureWriter(path: path)
        let read = USBSetup(requestType: 0x80, request: 6, value: 0x0100, index: 0, length: 18)
        let descriptor = [UInt8](1...18)
        var packet = UsbmonPacket(
            id: 1, event: .submission, kind: .control, endpoint: 0x80, device: 4, bus: 1, time: 1, length: 18,
            setup: read,
            data: descriptor)
        writer.write(packet)
        (packet.event, packet.setup) = (.completion, nil)
        writer.write(packet)
        writer.write(
            UsbmonPacket(
                id: 2, event: .completion, kind: .interrupt, endpoint: 0x81, device: 4, bus: 1, time: 2, length: 10,
                data: Array("KARINORDAS".utf8)))
        if let error = writer.error { throw error }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try #require(bytes.range(of: Data("KARINORDAS".utf8)) != nil)
    }

    @Test("A device is told with its raw descriptors and those of its reports, and without its serial number")
    func descriptors() throws {
        let device = USBDevice(
            plug: 1, path: USBPath("1-4"), vendorID: 0x05E0, productID: 0x1300, release: 0x0100, deviceClass: 0,
            manufacturer: "Zebra", product: "Scanner", serial: "CANARYSERIAL",
            configuration: USBConfiguration(interfaces: []))
        let info = DeviceInfo(
            device: device, role: .scanner, state: .ready, mode: "HID POS",
            interfaces: [
                DeviceInterface(number: 0, driver: "usbhid", usage: "bar code scanner"),
                DeviceInterface(number: 1, driver: nil, usage: ""),
            ], canOpen: true)
        let survey = DescriptorSurvey(
            device,
            interfaces: [
                DescriptorSurvey.Interface(
                    number: 0, interfaceClass: 3, driver: "usbhid", descriptor: [0x05, 0x8C, 0xFF])
            ])
        let json = String(
            decoding: try JSONEncoder().encode(ReportedDevice(info, descriptors: [0x12, 0x01, 0xA0], survey)),
            as: UTF8.self)
        #expect(json.contains("\"descriptors\":\"1201a0\""), "\(json)")
        #expect(json.contains("\"reportDescriptor\":\"058cff\""))
        #expect(!json.contains("CANARYSERIAL"))
    }

    @Test("It has what support needs, and no canary of those that were planted")
    func canaries() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let config = folder.appending(path: "store.yaml")
        try """
        store: {name: Storgata, region: "NO", company: sample}
        state: \(folder.path)/state
        key: \(folder.path)/key
        listen: {unix: \(folder.path)/edge.sock}
        network: {host: 127.0.0.1, port: 0}
        usb: virtual
        sample_store: true
        feeds:
          - name: export
            command: [/bin/cat, CANARYPASSWORD]
            format: csv
            allow: [name]
        # the token is CANARYTOKEN
        """.write(to: config, atomically: true, encoding: .utf8)
        let edge = try RunningProgram(["run", "--config", config.path])
        await edge.waitFor(errors: "Ready.")
        let socket = folder.path + "/edge.sock"
        for code in ["CU00000KARINORDAS", "99000001"] {
            #expect(try await Program.run(["enter", "1", code, "--edge", socket]).status == 0)
        }
        let archive = folder.appending(path: "report.tar.gz").path
        let capture = folder.appending(path: "scan.pcapng").path
        try Self.plant(in: capture)
        let report = try await Program.run(["report", archive, "--config", config.path, "--capture", capture])
        edge.terminate()
        #expect(await edge.status() == 0)
        #expect(report.status == 0, "\(report.errors)")

        let unpacked = folder.appending(path: "unpacked")
        try FileManager.default.createDirectory(at: unpacked, withIntermediateDirectories: true)
        let tar = try Process.run(
            URL(fileURLWithPath: "/usr/bin/tar"), arguments: ["-xzf", archive, "-C", unpacked.path])
        tar.waitUntilExit()
        let files = try FileManager.default.subpathsOfDirectory(atPath: unpacked.path)
        var texts: [String: String] = [:]
        for file in files {
            // As bytes, because a capture is no text; a folder has none.
            guard let bytes = FileManager.default.contents(atPath: unpacked.appending(path: file).path) else {
                continue
            }
            for canary in Self.canaries { #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(canary) in \(file)") }
            texts[(file as NSString).lastPathComponent] = String(data: bytes, encoding: .utf8)
        }
        let packed = try CaptureReader.packets(
            inFile: unpacked.appending(path: "countertop-report/captures/1.pcapng").path)
        #expect(packed.map(\.data.count) == [18, 18, 10])
        // A descriptor is whole, and a scan is its length.
        #expect(packed[1].data == [UInt8](1...18) && packed[2].data == [UInt8](repeating: 0, count: 10))
        #expect(texts["configuration.yaml"]?.contains("Storgata") == true)
        #expect(texts["status.json"]?.contains("\"lastSequence\"") == true, "\(texts["status.json"] ?? "")")
        #expect(texts["state.txt"]?.contains("journal.db") == true)
        #expect(texts["doctor.json"]?.contains("\"severity\"") == true)
        #expect(texts["about.txt"]?.contains("countertop 0.") == true)
    }
}
