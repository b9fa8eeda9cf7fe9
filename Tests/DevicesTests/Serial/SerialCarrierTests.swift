import Testing
import USB

@testable import Devices

@Suite struct SerialCarrierTests {
    private static let device = StubHID.device((1, 2), [StubHID.interface(0)])

    private func steps(
        _ carrier: SerialCarrier, _ line: SerialLineSettings = SerialLineSettings(),
        of device: USBDevice = Self.device, interface: UInt8 = 0
    ) -> [String] {
        carrier.setUp(line, interface: interface, of: device).map { step in
            switch step {
            case .control(let setup, let data, _):
                let numbers = [UInt16(setup.requestType), UInt16(setup.request), setup.value, setup.index]
                let words = numbers.map { String($0, radix: 16) } + (data.isEmpty ? [] : [data.hexadecimal])
                return words.joined(separator: " ")
            case .write(let bytes): return "write \(bytes.hexadecimal)"
            case .clearHalt: return "clear"
            }
        }
    }

    @Test("A standard line gets its coding, then DTR and RTS")
    func setsCDC() {
        var line = SerialLineSettings(baud: 115_200)
        #expect(steps(.cdc, line, interface: 2) == ["21 20 0 2 00 c2 01 00 00 00 08", "21 22 3 2"])
        line.parity = .odd
        line.stopBits = 2
        line.dataBits = 7
        #expect(steps(.cdc, line).first == "21 20 0 0 00 c2 01 00 02 01 07")
    }

    @Test("An FTDI chip is reset and gets speed, shape, no flow control, DTR and RTS, and its latency")
    func setsFTDI() {
        #expect(
            steps(.ftdi) == ["40 0 0 0", "40 3 4138 0", "40 4 8 0", "40 2 0 0", "40 1 303 0", "40 9 10 0"])
        var line = SerialLineSettings()
        line.parity = .even
        line.stopBits = 2
        #expect(steps(.ftdi, line)[2] == "40 4 1208 0")
    }

    @Test("A line of an FTDI chip with several is counted from 1")
    func setsManyFTDI() {
        let device = StubHID.device((0x0403, 0x6010), [StubHID.interface(0), StubHID.interface(1)])
        #expect(steps(.ftdi, of: device).map { $0.split(separator: " ").last } == ["1", "1", "1", "1", "1", "1"])
    }

    /// The values that the comments of ftdi_sio.h and FTDI's AN232B-05 have.
    @Test(
        "FTDI's divisors are the published ones",
        arguments: [
            (UInt32(300), UInt16(0x2710), UInt16(0)), (1200, 0x09C4, 0), (2400, 0x04E2, 0), (4800, 0x0271, 0),
            (9600, 0x4138, 0), (19_200, 0x809C, 0), (38_400, 0xC04E, 0), (57_600, 0xC034, 0), (115_200, 0x001A, 0),
        ])
    func dividesFTDI(baud: UInt32, low: UInt16, high: UInt16) {
        let divisor = FTDIChip.divisor(baud: baud)
        #expect(divisor.low == low && divisor.high == high)
    }

    @Test("A CP210x is switched on and gets speed, shape, DTR and RTS")
    func setsCP210x() {
        var line = SerialLineSettings(baud: 115_200)
        line.parity = .odd
        #expect(
            steps(.cp210x, line) == ["41 0 1 0", "41 1e 0 0 00 c2 01 00", "41 3 810 0", "41 7 303 0"])
    }

    @Test("A CH34x is asked for its version and gets speed, shape, DTR and RTS")
    func setsCH34x() {
        #expect(
            steps(.ch34x) == ["c0 5f 0 0", "40 a1 0 0", "40 9a 1312 b282", "40 9a 2518 c3", "40 a4 ff9f 0"])
        var line = SerialLineSettings()
        line.parity = .even
        line.dataBits = 7
        line.stopBits = 2
        #expect(steps(.ch34x, line)[3] == "40 9a 2518 de")
    }

    @Test(
        "CH34x's divisors are the published ones",
        arguments: [
            (UInt32(2400), UInt16(0xD901)), (4800, 0x6402), (9600, 0xB202), (19_200, 0xD902), (38_400, 0x6403),
            (57_600, 0x9803), (115_200, 0xCC03),
        ])
    func dividesCH34x(baud: UInt32, divisor: UInt16) {
        #expect(CH34xChip.divisor(baud: baud) == divisor)
    }

    @Test("Every speed gets a divisor")
    func dividesEverything() {
        for baud in stride(from: UInt32(1), to: 4_000_000, by: 997) {
            #expect(CH34xChip.divisor(baud: baud) >> 8 != 0)
            _ = FTDIChip.divisor(baud: baud)
        }
    }

    @Test("A PL2303 gets its registers, its coding, DTR and RTS")
    func setsPL2303() {
        let steps = steps(.pl2303)
        #expect(steps.prefix(2) == ["c0 1 8484 0", "40 1 404 0"] && steps.contains("40 1 2 44"))
        #expect(steps.suffix(2) == ["21 20 0 0 80 25 00 00 00 00 08", "21 22 3 0"])
    }

    @Test("Metrologic's one-way mode is opened by a byte")
    func opensMetrologic() {
        #expect(steps(.metrologicOneWay) == ["clear", "write 80"])
        #expect(steps(.symbol).isEmpty && steps(.opticon).isEmpty)
    }

    @Test("Two status bytes of every packet are no part of FTDI's line")
    func unwrapsFTDI() {
        #expect(SerialCarrier.ftdi.unwrap([0x31, 0x60], packetBytes: 4) == [])
        #expect(SerialCarrier.ftdi.unwrap([0x31], packetBytes: 4) == [])
        let packets: [UInt8] = [0x31, 0x60, 1, 2, 0x31, 0x60, 3, 4, 0x31, 0x60, 5]
        #expect(SerialCarrier.ftdi.unwrap(packets, packetBytes: 4) == [1, 2, 3, 4, 5])
        // The last packet may have news of the line alone.
        #expect(SerialCarrier.ftdi.unwrap([0x31, 0x60, 1, 2, 0x31, 0x60], packetBytes: 4) == [1, 2])
        #expect(SerialCarrier.ftdi.unwrap([0x31, 0x60, 1, 2, 0x31], packetBytes: 4) == [1, 2])
        #expect(SerialCarrier.ftdi.unwrap([1, 0, 3, 4, 0], packetBytes: 0) == [3])
    }

    @Test("What FTDI's status says came garbled is not taken", arguments: [UInt8(0x02), 0x04, 0x08, 0x10])
    func mistrustsFTDI(error: UInt8) {
        #expect(SerialCarrier.ftdi.unwrap([0x01, 0x60 | error, 0x41], packetBytes: 64) == nil)
        #expect(SerialCarrier.ftdi.unwrap([0x01, 0x60 | error], packetBytes: 64) == [])
    }

    @Test("Symbol's count is heeded, and a report that is shorter than it loses bytes")
    func unwrapsSymbol() {
        #expect(SerialCarrier.symbol.unwrap([2, 0x41, 0x42, 0, 0], packetBytes: 64) == [0x41, 0x42])
        #expect(SerialCarrier.symbol.unwrap([3, 0x41, 0x42], packetBytes: 64) == nil)
        #expect(SerialCarrier.symbol.unwrap([], packetBytes: 64) == [])
    }

    @Test("Opticon's data is told from the level of RTS")
    func unwrapsOpticon() {
        #expect(SerialCarrier.opticon.unwrap([0, 0, 0x41, 0x42], packetBytes: 64) == [0x41, 0x42])
        #expect(SerialCarrier.opticon.unwrap([0, 1, 1], packetBytes: 64) == [])
        #expect(SerialCarrier.opticon.unwrap([0, 0], packetBytes: 64) == [])
    }
}
