import Testing

@testable import USB

@Suite struct USBSetupTests {
    @Test(
        "A request needs the interface it names, or the one that owns the endpoint it names",
        arguments: [
            (0x80, 0, .none), (0x00, 5, .none), (0x81, 0, .interface(0)), (0x21, 1, .interface(1)),
            (0xa1, 0x0101, .interface(1)), (0x02, 0x82, .interface(1)), (0x82, 0x81, .interface(0)),
            (0x02, 0x80, .none), (0x02, 0x05, .unknownEndpoint), (0x41, 0, .none), (0xc2, 0x05, .none),
        ] as [(UInt8, UInt16, USBSetup.Claim)])
    func claims(requestType: UInt8, index: UInt16, claim: USBSetup.Claim) throws {
        let configuration = try USBConfiguration(parsing: RealDescriptors.keyboard)
        let setup = USBSetup(requestType: requestType, request: 0, value: 0, index: index, length: 0)
        #expect(setup.claimNeeded(in: configuration) == claim)
    }
}
