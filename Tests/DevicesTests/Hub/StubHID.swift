import USB

@testable import Devices

/// A device of any interfaces whose answers a test decides.
struct StubHID: VirtualBehaviour {
    struct Request: Sendable, Equatable {
        let setup: USBSetup
        let data: [UInt8]
    }

    /// Report descriptors by interface.
    var descriptors: [UInt8: [UInt8]]
    /// Answers instead of the usual ones.
    var answer: @Sendable (USBSetup) -> USBCompletion? = { _ in nil }
    /// Answers what comes to an OUT endpoint.
    var answerWrite: @Sendable ([UInt8]) -> USBCompletion = { _ in .completed([]) }
    let requests = Record<Request>()
    let writes = Record<[UInt8]>()

    init(_ descriptors: [UInt8: [UInt8]]) {
        self.descriptors = descriptors
    }

    func control(_ setup: USBSetup, data: [UInt8]) -> USBCompletion {
        requests.add(Request(setup: setup, data: data))
        if let completion = answer(setup) { return completion }
        guard setup.requestType == 0x81 else { return setup.requestType == 0x21 ? .completed([]) : .stalled }
        return descriptors[UInt8(setup.index)].map { .completed($0) } ?? .stalled
    }

    func write(endpoint: UInt8, data: [UInt8]) -> USBCompletion {
        writes.add(data)
        return answerWrite(data)
    }

    /// An interface with endpoint 8x for its number x + 1.
    static func interface(_ number: UInt8, subclass: UInt8 = 0, protocol code: UInt8 = 0, class kind: UInt8 = 3)
        -> USBInterface
    {
        USBInterface(
            number: number, interfaceClass: kind, interfaceSubclass: subclass, interfaceProtocol: code,
            endpoints: [USBEndpoint(address: 0x81 + number, kind: .interrupt, packetBytesMax: 64)])
    }

    static func bootKeyboard(_ number: UInt8) -> USBInterface { interface(number, subclass: 1, protocol: 1) }

    static func device(_ identity: (UInt16, UInt16), _ interfaces: [USBInterface], serial: String? = nil) -> USBDevice {
        USBDevice(
            plug: 0, path: USBPath("1-2"), vendorID: identity.0, productID: identity.1, release: 0, deviceClass: 0,
            manufacturer: nil, product: nil, serial: serial, configuration: USBConfiguration(interfaces: interfaces))
    }
}
