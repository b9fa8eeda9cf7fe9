import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct ScannerCapabilitiesTests {
    private let path = USBPath("1-1")

    @Test("What nobody has said or seen is unknown, and a matrix code that was read makes it known")
    func learns() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let info = try #require(await rig.info(of: scanner.plug, .ready))
        #expect(info.capabilities.reads2D == nil && info.capabilities.readsScreens == nil)
        scanner.scan(Array("4006381333931".utf8), aim: "]E0")
        scanner.scan(Array("HTTPS".utf8), aim: "]Q1")
        _ = await rig.scans(2)
        let now = rig.events.elements.compactMap(\.info).last
        #expect(now?.capabilities.reads2D == true && now?.capabilities.readsScreens == nil)
        rig.stop()
    }

    @Test("What the configuration says counts, whatever was read")
    func configured() async throws {
        var configuration = DeviceConfiguration()
        configuration.scanners = [ScannerRule(device: .path("1-1"), reads2D: true, readsScreens: false)]
        let rig = try HubRig(configuration)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let info = try #require(await rig.info(of: scanner.plug, .ready))
        #expect(info.capabilities.reads2D == true && info.capabilities.readsScreens == false)
        #expect(info.capabilities.whyNoPhoneCode?.contains("screens") == true)
        rig.stop()
    }

    @Test("Stacked codes take no camera", arguments: [Symbology.pdf417, .codablockF, .code128, .ean13])
    func stacked(symbology: Symbology) {
        #expect(!symbology.isMatrix)
    }
}
