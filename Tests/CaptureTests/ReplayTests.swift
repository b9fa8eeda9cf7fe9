import Devices
import Foundation
import Synchronization
import Testing
import USB

@testable import Capture

@Suite struct ReplayTests {
    /// What a hub told of scans.
    private final class Scans: Sendable {
        private let (stream, continuation) = AsyncStream.makeStream(of: String.self)

        func take(_ event: DeviceEvent) {
            if case .scan(let scan) = event { continuation.yield(String(decoding: scan.label.data, as: UTF8.self)) }
        }

        func first(_ count: Int) async -> [String] {
            var scans: [String] = []
            for await scan in stream {
                scans.append(scan)
                if scans.count == count { break }
            }
            return scans
        }
    }

    /// What a recorder was told.
    private final class Packets: Sendable {
        private let packets = Mutex<[UsbmonPacket]>([])

        var all: [UsbmonPacket] { packets.withLock { $0 } }

        func take(_ packet: UsbmonPacket) { packets.withLock { $0.append(packet) } }
    }

    /// Scans on a recording bus, into a file.
    private func record(_ labels: [String], into path: String) async throws {
        let bus = VirtualBus(thread: try USBEventThread())
        let writer = try CaptureWriter(path: path)
        let scans = Scans()
        let tap = TransferTap()
        tap.begin(isRecorded: { _ in true }, take: { writer.write($0) })
        let hub = DeviceHub(bus: RecordingBus(bus, tap: tap), configuration: DeviceConfiguration()) { scans.take($0) }
        try hub.start()
        let scanner = VirtualScanner.plug(on: bus, path: USBPath("1-4.2"))
        for label in labels { scanner.scan(Array(label.utf8), aim: "]Q1") }
        #expect(await scans.first(labels.count) == labels)
        hub.stop()
        #expect(writer.error == nil)
    }

    private func replay(_ path: String, _ count: Int) async throws -> [String] {
        let devices = try CapturedDevice.devices(in: CaptureReader.packets(inFile: path))
        let bus = VirtualBus(thread: try USBEventThread())
        let scans = Scans()
        let hub = DeviceHub(bus: bus, configuration: DeviceConfiguration()) { scans.take($0) }
        try hub.start()
        Replay(devices).play(on: bus) {}
        let heard = await scans.first(count)
        hub.stop()
        return heard
    }

    @Test("What was scanned while it was recorded is scanned again when it is replayed")
    func playsAgain() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "capture-\(UUID().uuidString).pcapng").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let labels = ["CU00000KARINORDAS", String(repeating: "0123456789", count: 12), "4006381333931"]
        try await record(labels, into: path)
        #expect(try await replay(path, labels.count) == labels)
    }

    @Test(
        "A recording that begins after the device was taken has its descriptors, what follows, and nothing once it has ended"
    )
    func beginsLate() async throws {
        let bus = VirtualBus(thread: try USBEventThread())
        let (scans, tap) = (Scans(), TransferTap())
        let hub = DeviceHub(bus: RecordingBus(bus, tap: tap), configuration: DeviceConfiguration()) { scans.take($0) }
        try hub.start()
        let scanner = VirtualScanner.plug(on: bus, path: USBPath("1-4.2"))
        scanner.scan(Array("BEFORE".utf8), aim: "]Q1")
        #expect(await scans.first(1) == ["BEFORE"])
        let (late, other) = (Packets(), Packets())
        let number = tap.begin(isRecorded: { _ in true }, take: { late.take($0) })
        tap.begin(
            isRecorded: { $0.path == USBPath("1-9") }, take: { other.take($0) })
        scanner.scan(Array("WHILE".utf8), aim: "]Q1")
        #expect(await scans.first(1) == ["WHILE"])
        tap.end(number)
        scanner.scan(Array("AFTER".utf8), aim: "]Q1")
        #expect(await scans.first(1) == ["AFTER"])
        hub.stop()
        let devices = try CapturedDevice.devices(in: late.all)
        let device = try #require(devices.first)
        #expect(devices.count == 1 && device.device.identity == "0c2e:0967" && device.arrivals.count == 1)
        let answer = device.answers.first { $0.key.value == 0x2200 }?.value
        #expect(answer == .completed(VirtualScanner.reportDescriptor))
        #expect(other.all.isEmpty)
    }

    @Test("A capture tells of its devices as they were plugged in")
    func knowsDevices() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "capture-\(UUID().uuidString).pcapng").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await record(["A"], into: path)
        let devices = try CapturedDevice.devices(in: CaptureReader.packets(inFile: path))
        let device = try #require(devices.first?.device)
        #expect(devices.count == 1 && device.identity == "0c2e:0967" && device.product == "Virtual scanner")
        #expect(device.configuration.interfaces.first?.endpoints.map(\.address) == [0x82, 0x07])
        #expect(device.configuration.interfaces.first?.reportDescriptorBytes == VirtualScanner.reportDescriptor.count)
    }

    @Test("A capture of a device that was plugged in before it began is refused with what to do")
    func wantsDescriptors() {
        let packet = UsbmonPacket(
            id: 1, event: .completion, kind: .interrupt, endpoint: 0x81, device: 2, bus: 3, time: 7, length: 1,
            data: [1])
        let error = #expect(throws: CaptureError.self) { try CapturedDevice.devices(in: [packet]) }
        #expect(error?.code == .noDevice)
    }

    @Test("A file that is there is not written over")
    func sparesFiles() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "capture-\(UUID().uuidString).pcapng").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: CaptureError.self) { try CaptureWriter(path: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }
}
