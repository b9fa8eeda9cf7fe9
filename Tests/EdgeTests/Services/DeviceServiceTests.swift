import Capture
import CountertopClient
import Devices
import Foundation
import Testing
import USB
import Wire

@testable import Edge

@Suite(.timeLimit(.minutes(2))) struct DeviceServiceTests {
    private struct Enough: Error {}

    /// Collects what a watch tells until `isEnough`.
    private func watched(
        _ edge: CountertopConnection, _ device: String = "", _ act: (Int) async throws -> Void = { _ in },
        until isEnough: ([Wire.DeviceEvent]) -> Bool
    ) async throws -> [Wire.DeviceEvent] {
        var events: [Wire.DeviceEvent] = []
        do {
            try await edge.watchDevices(device) { event in
                events.append(event)
                try await act(events.count)
                if isEnough(events) { throw Enough() }
            }
        } catch is Enough {}
        return events
    }

    @Test(
        "A watch tells of the devices that are there, then of every report and scan, and the till gets its scan all the same"
    )
    func watch() async throws {
        try await StoreRig.with { rig in
            let scanner = try rig.scanner()
            let path = scanner.plug.device.path.description
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.next()
                    try await rig.withTill { edge in
                        let told = try await watched(edge, path) { count in
                            if count == 1 { scanner.scan(Array("CU00000KARINORDAS".utf8), aim: "]Q1") }
                        } until: { events in
                            events.contains { if case .scan = $0.event { true } else { false } }
                        }
                        guard case .changed(let device) = told.first?.event else {
                            Issue.record("The first event is no device.")
                            return
                        }
                        #expect(device.path == path && device.lane == "1" && device.signals.contains("goodRead"))
                        let reports = told.compactMap { if case .report(let report) = $0.event { report } else { nil } }
                        #expect(
                            reports.last?.outcome.hasPrefix("a scan") == true && reports.last?.data.isEmpty == false)
                        let scans = told.compactMap { if case .scan(let scan) = $0.event { scan } else { nil } }
                        #expect(scans.map(\.data) == [Array("CU00000KARINORDAS".utf8)] && scans.first?.aim == "]Q1")
                    }
                    while let event = try await events.next() {
                        guard case .scan(let scan) = event.event else { continue }
                        #expect(scan.data == Array("CU00000KARINORDAS".utf8))
                        break
                    }
                }
            }
        }
    }

    @Test(
        "A customer's code that is held in front of the scanner is watched as no new scan, an article as one each time")
    func repeats() async throws {
        try await StoreRig.with { rig in
            let scanner = try rig.scanner()
            let path = scanner.plug.device.path.description
            try await rig.withTill { edge in
                let told = try await watched(edge, path) { count in
                    guard count == 1 else { return }
                    for _ in 0..<2 { scanner.scan(Array("4006381333931".utf8), aim: "]E0") }
                    for _ in 0..<2 { scanner.scan(Array("CU00000KARINORDAS".utf8), aim: "]Q1") }
                } until: { events in
                    events.contains { if case .problem = $0.event { true } else { false } }
                }
                let words = told.compactMap { event -> String? in
                    switch event.event {
                    case .scan(let scan): String(decoding: scan.data, as: UTF8.self)
                    case .problem(let problem): problem.message
                    default: nil
                    }
                }
                #expect(words.prefix(3) == ["4006381333931", "4006381333931", "CU00000KARINORDAS"])
                #expect(words.count == 5 && words[3] == "CU00000KARINORDAS")
                #expect(words.last?.hasPrefix("This is no new scan") == true)
            }
        }
    }

    @Test("A capture has the devices' descriptors and what goes over the bus, and the till gets its scan all the same")
    func capture() async throws {
        try await StoreRig.with { rig in
            let scanner = try rig.scanner()
            let path = scanner.plug.device.path.description
            try await rig.withTill { edge in
                var packets: [UsbmonPacket] = []
                do {
                    try await edge.captureDevices([path]) { event in
                        #expect(event.missed == 0)
                        let isFirst = packets.isEmpty
                        packets += event.packets.compactMap { UsbmonPacket(bytes: $0) }
                        if isFirst { scanner.scan(Array("CU00000KARINORDAS".utf8), aim: "]Q1") }
                        let isRead = packets.contains { $0.kind == .interrupt && $0.isIn && $0.event == .completion }
                        if isRead { throw Enough() }
                    }
                } catch is Enough {}
                let devices = try CapturedDevice.devices(in: packets)
                #expect(devices.map(\.device.identity) == [scanner.plug.device.identity])
                #expect(devices[0].arrivals.count == 1)
                let read = try await edge.devices.descriptors(path)
                #expect(read.map(\.interfaceClass) == [3] && read[0].report == VirtualScanner.reportDescriptor)
                #expect(try await edge.devices.descriptors("1-99").isEmpty)
            }
        }
    }

    @Test("When nobody watches any more, the devices tell of no report")
    func ends() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                _ = try await watched(edge) { !$0.isEmpty }
                // A watch that begins after the other has ended is the only one.
                let again = try await watched(edge) { !$0.isEmpty }
                #expect(again.count == 1)
            }
        }
    }

    private func tells(
        _ edge: CountertopConnection, _ device: String, _ signal: String, _ expected: Wire.DeviceOrderEnd
    ) async throws {
        let end = try await edge.devices.tell(device, .signal(signal))
        #expect(end == expected, "\(signal)")
    }

    @Test("A scanner is told to beep, and what it cannot do is said")
    func tell() async throws {
        try await StoreRig.with { rig in
            let path = try rig.scanner().plug.device.path.description
            try await rig.withTill { edge in
                try await tells(edge, path, "goodRead", .done)
                try await tells(edge, path, "aim", .impossible)
                try await tells(edge, "1-9", "goodRead", .absent)
                let error = await #expect(throws: CountertopError.self) {
                    try await edge.devices.tell(path, .signal("sing"))
                }
                #expect(error?.reason == "ARGUMENT_INVALID")
            }
        }
    }

    @Test("A display shows what it is told")
    func show() async throws {
        try await StoreRig.with { rig in
            let display = try rig.display()
            try await rig.withTill { edge in
                let end = try await edge.devices.tell(
                    display.plug.device.path.description, .show(DeviceLines(lines: ["####"])))
                #expect(end == .done && display.lines.first?.hasPrefix("####") == true)
            }
        }
    }
}
