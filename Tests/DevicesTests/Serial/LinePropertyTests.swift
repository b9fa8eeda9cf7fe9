import Testing

@testable import Devices

@Suite struct LinePropertyTests {
    private static let pieces: [[UInt8]] = [
        Array("4006381333931\r".utf8), Array("]C1010400638133393117251231\r\n".utf8), [0x0D], [0x0A], [0x09], [0x03],
        [1, 2] + Array("info\r".utf8) + [3, 4], [1, 0x41], Array("Boot: 1\r\nREVINF".utf8) + [6, 0x2E],
        [UInt8](repeating: 0x41, count: 4_100),
    ]

    @Test("Any text holds, and comes out the same however it is cut", arguments: 1...20)
    func text(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for round in 0..<20 {
            var input = [UInt8.random(in: 0...255, using: &source)]
            for _ in 0..<Int.random(in: 0...8, using: &source) {
                input += Self.pieces.randomElement(using: &source) ?? []
            }
            if Bool.random(using: &source) { input += HIDMutation.noise(using: &source) }
            #expect(LineProperties.textHolds(input) == nil, "seed \(seed), round \(round): \(input)")
        }
    }

    @Test("Any packets of SSI hold, and come out the same however they are cut", arguments: 1...20)
    func ssi(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for round in 0..<20 {
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 0...10, using: &source) { input += packet(using: &source) }
            #expect(LineProperties.ssiHolds(input) == nil, "seed \(seed), round \(round): \(input)")
        }
    }

    private func packet(using source: inout HIDRandomSource) -> [UInt8] {
        if Int.random(in: 0..<8, using: &source) == 0 { return HIDMutation.noise(using: &source) }
        let opcodes: [UInt8] = [0xF3, 0xF3, 0xF3, 0xD0, 0xD1, 0xA4, 0xF6, 0x77]
        var bytes = SSIPacket(
            opcodes.randomElement(using: &source) ?? 0, source: Bool.random(using: &source) ? 0 : 4,
            status: .random(in: 0...3, using: &source),
            data: [.random(in: 0...12, using: &source)] + HIDMutation.noise(using: &source)
        ).bytes
        if Int.random(in: 0..<4, using: &source) == 0 {
            bytes[Int.random(in: 0..<bytes.count, using: &source)] ^= .random(in: 1...255, using: &source)
        }
        return bytes
    }

    @Test("Any reports of SNAPI hold", arguments: 1...20)
    func snapi(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for round in 0..<20 {
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &source) {
                let report = report(using: &source)
                input += [UInt8(report.count)] + report
            }
            #expect(LineProperties.snapiHolds(input) == nil, "seed \(seed), round \(round): \(input)")
        }
    }

    private func report(using source: inout HIDRandomSource) -> [UInt8] {
        let count = UInt8.random(in: 0...3, using: &source)
        let index = UInt8.random(in: 0...3, using: &source)
        let length = UInt8.random(in: 0...30, using: &source)
        let data = (0..<26).map { _ in UInt8.random(in: 0...255, using: &source) }
        switch Int.random(in: 0..<4, using: &source) {
        case 0: return [0x26, 0, count, 0, index, length, 11, 0] + data
        case 1: return HIDMutation.noise(using: &source)
        default: return [0x22, count, index, length, 11, 0] + data
        }
    }
}
