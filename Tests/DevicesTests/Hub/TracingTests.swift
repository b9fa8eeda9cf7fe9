import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct TracingTests {
    private let path = USBPath("1-1")

    @Test("Reports are told from the moment somebody asks until nobody does, and scans always")
    func switches() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .ready)
        scanner.scan(Array("FIRST".utf8), aim: "]C0")
        _ = await rig.scans(1)
        #expect(!rig.events.elements.contains { $0.report != nil })
        rig.hub.trace(true)
        await rig.turn()
        scanner.scan(Array("SECOND".utf8), aim: "]C0")
        scanner.scan(Array("THIRD".utf8), aim: "]C0")
        #expect(await rig.scans(3).map(\.text) == ["FIRST", "SECOND", "THIRD"])
        await rig.events.wait { $0.count { $0.report != nil } >= 2 }
        let reports = rig.events.elements.compactMap(\.report)
        #expect(reports.count == 2 && reports[0].sinceLast == nil && reports[1].sinceLast != nil)
        rig.hub.trace(false)
        await rig.turn()
        scanner.scan(Array("FOURTH".utf8), aim: "]C0")
        _ = await rig.scans(4)
        #expect(rig.events.elements.count { $0.report != nil } == 2)
        rig.stop()
    }
}
