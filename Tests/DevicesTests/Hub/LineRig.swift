import USB

@testable import Devices

/// A hub with a scanner on a line whose answers a test decides.
final class LineRig: Sendable {
    let rig: HubRig
    let plug: VirtualPlug
    let stub: StubHID
    private let input: UInt8

    /// - Parameters:
    ///   - answer: answers control transfers instead of the usual ones.
    ///   - answerWrite: answers what comes to the OUT endpoint.
    init(
        _ identity: (UInt16, UInt16), _ interfaces: [USBInterface] = LineRig.cdc, rules: [SerialRule] = [],
        tracing: Bool = false, driver: String = "cdc_acm",
        answer: @escaping @Sendable (USBSetup) -> USBCompletion? = { _ in nil },
        answerWrite: @escaping @Sendable ([UInt8]) -> USBCompletion = { _ in .completed([]) }
    ) throws {
        var configuration = DeviceConfiguration()
        configuration.serialScanners = rules
        rig = try HubRig(configuration, tracing: tracing)
        var stub = StubHID([:])
        stub.answer = answer
        stub.answerWrite = answerWrite
        self.stub = stub
        input = interfaces.flatMap(\.endpoints).last { $0.isIn }?.address ?? 0
        let drivers = Dictionary(uniqueKeysWithValues: interfaces.map { ($0.number, driver) })
        plug = rig.bus.plug(StubHID.device(identity, interfaces), kernelDrivers: drivers, behaviour: stub)
    }

    func send(_ bytes: [UInt8]) { plug.complete(endpoint: input, .completed(bytes)) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func stop() { rig.stop() }

    /// What was asked by control transfers, as numbers and data.
    var requests: [String] {
        stub.requests.elements.map { request in
            let setup = request.setup
            let numbers = [UInt16(setup.requestType), UInt16(setup.request), setup.value, setup.index]
            let words = numbers.map { String($0, radix: 16) } + (request.data.isEmpty ? [] : [request.data.hexadecimal])
            return words.joined(separator: " ")
        }
    }

    static let cdc = [
        USBInterface(
            number: 0, interfaceClass: 2, interfaceSubclass: 2, interfaceProtocol: 1,
            endpoints: [USBEndpoint(address: 0x81, kind: .interrupt, packetBytesMax: 8)]),
        bulk(1, class: 0x0A),
    ]

    static func bulk(_ number: UInt8, class kind: UInt8 = 0xFF, hasOut: Bool = true) -> USBInterface {
        USBInterface(
            number: number, interfaceClass: kind,
            endpoints: [USBEndpoint(address: 0x82, kind: .bulk, packetBytesMax: 64)]
                + (hasOut ? [USBEndpoint(address: 0x03, kind: .bulk, packetBytesMax: 64)] : []))
    }
}
