import Testing
import USB

@testable import Capture

@Suite struct CaptureReaderTests {
    private let packets = (1...3).map { number in
        UsbmonPacket(
            id: UInt64(number), event: .completion, kind: .interrupt, endpoint: 0x81, device: 4, bus: 1,
            time: 1_790_000_000_000_000 + UInt64(number), length: 2, data: [UInt8(number), 0xFF])
    }

    private var file: [UInt8] {
        PcapNGWriter.beginning(application: "countertop")
            + packets.flatMap { PcapNGWriter.packet($0.bytes, time: $0.time) }
    }

    /// The same numbers with the highest byte first, as another machine writes them.
    private func pcap(nano: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for number: UInt32 in [nano ? 0xA1B2_3C4D : 0xA1B2_C3D4, 0x0002_0004, 0, 0, 65_535, 220] {
            bytes.append(little: number)
        }
        for packet in packets {
            let fraction = UInt32(packet.time % 1_000_000) * (nano ? 1_000 : 1)
            for number in [
                UInt32(packet.time / 1_000_000), fraction, UInt32(packet.bytes.count), UInt32(packet.bytes.count),
            ] {
                bytes.append(little: number)
            }
            bytes += packet.bytes
        }
        return bytes
    }

    @Test("Packets of pcapng and pcap files are read in their order")
    func reads() throws {
        #expect(try CaptureReader.packets(in: file) == packets)
        #expect(try CaptureReader.packets(in: pcap(nano: false)) == packets)
        #expect(try CaptureReader.packets(in: pcap(nano: true)) == packets)
    }

    @Test("A capture that was cut short gives what is whole")
    func readsTruncated() throws {
        for count in file.indices.dropFirst(60) {
            let read = try CaptureReader.packets(in: Array(file.prefix(count)))
            #expect(read == Array(packets.prefix(read.count)))
        }
    }

    @Test("What is no capture, or none of USB, is refused with what to do")
    func refuses() throws {
        for bytes in [[], [0x50, 0x4B, 3, 4], [UInt8](repeating: 0, count: 100)] as [[UInt8]] {
            let error = #expect(throws: CaptureError.self) { try CaptureReader.packets(in: bytes) }
            #expect(error?.code == .notACapture)
        }
        var ethernet = pcap(nano: false)
        ethernet[20] = 1
        #expect(throws: CaptureError.self) { try CaptureReader.packets(in: ethernet) }
        var broken = file
        broken[4] = 5
        #expect(throws: CaptureError.self) { try CaptureReader.packets(in: broken) }
    }

    @Test("Bytes that were changed are read or refused, and nothing else", arguments: 0..<30)
    func survives(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<200 {
            var bytes = random(2) == 0 ? file : pcap(nano: false)
            for _ in 0...random(6) { bytes[random(bytes.count)] = UInt8(random(256)) }
            #expect(CaptureProperties.fileHolds(bytes) == nil, "seed \(seed)")
        }
    }
}
