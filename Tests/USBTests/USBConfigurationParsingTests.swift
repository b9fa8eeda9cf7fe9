import Testing

@testable import USB

@Suite struct USBConfigurationParsingTests {
    @Test("A scanner's configuration has its endpoints and the length of its report descriptor")
    func scanner() throws {
        let expected = USBInterface(
            number: 0, interfaceClass: 3, reportDescriptorBytes: 144,
            endpoints: [
                USBEndpoint(address: 0x82, kind: .interrupt, packetBytesMax: 64),
                USBEndpoint(address: 0x07, kind: .interrupt, packetBytesMax: 64),
            ])
        #expect(try USBConfiguration(parsing: RealDescriptors.scanner).interfaces == [expected])
    }

    @Test("A keyboard's configuration keeps its two interfaces apart")
    func keyboard() throws {
        let keys = USBInterface(
            number: 0, interfaceClass: 3, interfaceSubclass: 1, interfaceProtocol: 1, reportDescriptorBytes: 62,
            endpoints: [USBEndpoint(address: 0x81, kind: .interrupt, packetBytesMax: 8)])
        let media = USBInterface(
            number: 1, interfaceClass: 3, reportDescriptorBytes: 101,
            endpoints: [USBEndpoint(address: 0x82, kind: .interrupt, packetBytesMax: 8)])
        #expect(try USBConfiguration(parsing: RealDescriptors.keyboard).interfaces == [keys, media])
    }

    @Test("Cut after a descriptor it holds what was there, cut within one it is malformed")
    func truncations() {
        let whole = RealDescriptors.keyboard
        // Where the two interfaces, their HID descriptors and their endpoints end.
        let interfacesAtCut = [9: 0, 18: 1, 27: 1, 34: 1, 43: 2, 52: 2, 59: 2]
        for count in 0...whole.count {
            let interfaces = try? USBConfiguration(parsing: Array(whole.prefix(count))).interfaces.count
            #expect(interfaces == interfacesAtCut[count], "cut at \(count)")
        }
    }

    @Test("Bytes after the declared total length do not count")
    func beyondTotalLength() throws {
        let bytes = RealDescriptors.scanner + [0x00, 0xff]
        #expect(try USBConfiguration(parsing: bytes) == USBConfiguration(parsing: RealDescriptors.scanner))
    }

    @Test("Impossible lengths are malformed", arguments: [0, 9, 18, 27, 34], [UInt8(0), 1, 255])
    func impossibleLengths(offset: Int, length: UInt8) {
        var bytes = RealDescriptors.scanner
        bytes[offset] = length
        let error = #expect(throws: USBError.self) { try USBConfiguration(parsing: bytes) }
        #expect(error?.code == .malformed)
    }

    @Test("A descriptor of a type that nobody knows is skipped")
    func unknownDescriptor() throws {
        var bytes = RealDescriptors.scanner
        bytes.insert(contentsOf: [0x04, 0xee, 0x01, 0x02], at: 18)
        bytes[2] += 4
        #expect(try USBConfiguration(parsing: bytes) == USBConfiguration(parsing: RealDescriptors.scanner))
    }

    @Test("An endpoint beyond the declared number, a second of one address, or endpoint 0 is left out")
    func extraEndpoints() throws {
        var bytes = RealDescriptors.scanner
        bytes[13] = 1
        #expect(try USBConfiguration(parsing: bytes).interfaces[0].endpoints.map(\.address) == [0x82])
        bytes = RealDescriptors.scanner
        bytes[36] = 0x82
        #expect(try USBConfiguration(parsing: bytes).interfaces[0].endpoints.map(\.address) == [0x82])
        bytes[36] = 0x80
        #expect(try USBConfiguration(parsing: bytes).interfaces[0].endpoints.map(\.address) == [0x82])
    }

    @Test("More interfaces than the bound are malformed")
    func tooManyInterfaces() throws {
        func configuration(_ count: Int) -> [UInt8] {
            let total = 9 + 9 * count
            return [9, 2, UInt8(total & 0xff), UInt8(total >> 8), UInt8(count), 1, 0, 0x80, 50]
                + (0..<count).flatMap { [9, 4, UInt8($0), 0, 0, 3, 0, 0, 0] }
        }
        #expect(try USBConfiguration(parsing: configuration(USBLimits.interfacesMax)).interfaces.count == 32)
        #expect(throws: USBError.self) { try USBConfiguration(parsing: configuration(USBLimits.interfacesMax + 1)) }
    }

    @Test("The kernel's file of descriptors gives the configuration sought, and the first when none is")
    func slices() {
        var second = RealDescriptors.scanner
        second[5] = 2
        let file = RealDescriptors.keyboardDevice + RealDescriptors.keyboard + second
        #expect(USBConfiguration.slice(ofDescriptorsFile: file, value: nil) == RealDescriptors.keyboard)
        #expect(USBConfiguration.slice(ofDescriptorsFile: file, value: 1) == RealDescriptors.keyboard)
        #expect(USBConfiguration.slice(ofDescriptorsFile: file, value: 2) == second)
        #expect(USBConfiguration.slice(ofDescriptorsFile: file, value: 3) == nil)
        #expect(USBConfiguration.slice(ofDescriptorsFile: RealDescriptors.keyboardDevice, value: nil) == nil)
        #expect(USBConfiguration.slice(ofDescriptorsFile: [], value: nil) == nil)
    }

    @Test("Mutated and random bytes are refused or read within bounds", arguments: 1...10)
    func mutations(seed: UInt64) {
        var source = RandomSource(seed: seed)
        let file = RealDescriptors.keyboardDevice + RealDescriptors.keyboard + RealDescriptors.scanner
        for _ in 0..<10_000 {
            let choices = [RealDescriptors.scanner, RealDescriptors.keyboard, file, []]
            var bytes = choices[Int.random(in: 0..<choices.count, using: &source)]
            if bytes.isEmpty {
                bytes = (0..<Int.random(in: 0...80, using: &source)).map { _ in .random(in: 0...255, using: &source) }
            }
            for _ in 0..<Int.random(in: 1...4, using: &source) { mutate(&bytes, &source) }
            let complaint = USBProperties.configurationIsBounded(bytes)
            #expect(complaint == nil, "seed \(seed), \(bytes)")
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ source: inout RandomSource) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &source)
        switch Int.random(in: 0..<4, using: &source) {
        case 0: bytes[index] = .random(in: 0...255, using: &source)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(.random(in: 0...255, using: &source), at: index)
        default: bytes.replaceSubrange(index..., with: bytes[index...] + bytes[..<index])
        }
    }
}
