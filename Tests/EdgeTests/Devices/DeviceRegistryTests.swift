import Devices
import Testing
import USB

@testable import Edge

@Suite struct DeviceRegistryTests {
    private func info(
        _ path: String, role: DeviceRole = .scanner, state: DeviceState = .ready, serial: String? = nil
    ) -> DeviceInfo {
        DeviceInfo(
            device: USBDevice(
                plug: 1, path: USBPath(path), vendorID: 0x05e0, productID: 0x1200, release: 0, deviceClass: 0,
                manufacturer: nil, product: nil, serial: serial, configuration: USBConfiguration(interfaces: [])),
            role: role, state: state)
    }

    private func registry(_ lanes: [(String, [DeviceSelector])], join: Bool = true) -> DeviceRegistry {
        DeviceRegistry(lanes: lanes.map { .init(name: $0.0, devices: $0.1) }, unboundDevicesJoin: join)
    }

    @Test("A device goes to the lane that names it, by port, by number or by model")
    func named() {
        let lanes = registry([
            ("1", []), ("2", [.path("1-2")]), ("3", [.serial("HP3")]),
            ("4", [.model(vendorID: 0x05e0, productID: 0x1200)]),
        ])
        #expect(lanes.changed(info("1-2"), hub: 0).lane == "2")
        #expect(lanes.changed(info("1-3", serial: "HP3"), hub: 0).lane == "3")
        #expect(lanes.changed(info("1-4"), hub: 0).lane == "4")
    }

    @Test("Of lanes that name a device the one that says most of it has it")
    func mostPrecise() throws {
        let (model, port) = try (#require(DeviceSelector("05e0:1200")), #require(DeviceSelector("1-2 05e0:1200")))
        let lanes = registry([("1", [model]), ("2", [port])])
        #expect(lanes.changed(info("1-2"), hub: 0).lane == "2")
        #expect(lanes.changed(info("1-3"), hub: 0).lane == "1")
    }

    @Test("A device that no lane names goes to the first lane without one of its kind")
    func joins() {
        let lanes = registry([("1", []), ("2", [])])
        #expect(lanes.changed(info("1-1"), hub: 0).lane == "1")
        #expect(lanes.changed(info("1-2"), hub: 0).lane == "2")
        #expect(lanes.changed(info("1-3", role: .display), hub: 0).lane == "1")
    }

    @Test("A device keeps its lane while it is plugged in, and its place is free when it is not")
    func keeps() {
        let lanes = registry([("1", []), ("2", [])])
        _ = lanes.changed(info("1-1"), hub: 0)
        _ = lanes.changed(info("1-2"), hub: 0)
        #expect(lanes.left(info("1-1")) == "1")
        #expect(lanes.changed(info("1-2", state: .failed), hub: 0).lane == "2")
        #expect(lanes.changed(info("1-3"), hub: 0).lane == "1")
    }

    @Test("Two scanners that come back in the other order serve the lanes they served")
    func comesBack() {
        let lanes = registry([("1", []), ("2", [])])
        _ = lanes.changed(info("1-1"), hub: 0)
        _ = lanes.changed(info("1-2"), hub: 0)
        _ = lanes.left(info("1-1"))
        _ = lanes.left(info("1-2"))
        #expect(lanes.changed(info("1-2"), hub: 0).lane == "2")
        #expect(lanes.changed(info("1-1"), hub: 0).lane == "1")
    }

    @Test("A device that is left to its driver serves no lane")
    func notClaimed() {
        let lanes = registry([("1", [])])
        #expect(lanes.changed(info("1-1", role: .other, state: .notClaimed), hub: 0).lane == nil)
        #expect(lanes.lane(of: USBPath("1-1")) == nil)
    }

    @Test("Without joining, only named devices serve")
    func withoutJoining() {
        let lanes = registry([("1", [.path("1-2")])], join: false)
        #expect(lanes.changed(info("1-1"), hub: 0).lane == nil)
        #expect(lanes.changed(info("1-2"), hub: 0).lane == "1")
    }

    @Test("Only devices that are ready serve a lane")
    func ready() {
        let lanes = registry([("1", [])])
        _ = lanes.changed(info("1-1", state: .failed), hub: 0)
        #expect(lanes.entries(of: "1", role: .scanner).isEmpty)
        _ = lanes.changed(info("1-1"), hub: 0)
        #expect(lanes.entries(of: "1", role: .scanner).count == 1)
    }

    @Test("A scanner that no lane takes is explained with the line to add, again after each plugging in")
    func explainsUnbound() {
        let lanes = registry([("1", [.serial("HP1")]), ("2", [])], join: false)
        for _ in 0..<2 {
            #expect(lanes.changed(info("1-4"), hub: 0).lane == nil)
            #expect(lanes.all[0].explanation.contains("No lane takes this scanner"))
            #expect(lanes.all[0].explanation.hasSuffix("- {name: \"2\", devices: [\"1-4\"]}"))
            _ = lanes.left(info("1-4"))
        }
        _ = lanes.changed(info("1-5", serial: "HP1"), hub: 0)
        #expect(lanes.all[0].explanation == "")
    }
}
