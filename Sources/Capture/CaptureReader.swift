import Foundation

/// Reads USB packets from a capture, pcapng or pcap, whoever took it.
package enum CaptureReader {
    /// - Throws: ``CaptureError`` with what is wrong with the file.
    package static func packets(inFile path: String) throws(CaptureError) -> [UsbmonPacket] {
        let url = URL(fileURLWithPath: path)
        let data: Data
        do {
            data = try Data(contentsOf: url, options: .mappedIfSafe)
        } catch {
            throw CaptureError(.file, "\(path) cannot be read. Look whether it is there and may be read.", cause: error)
        }
        guard data.count <= CaptureLimits.fileBytesMax else {
            throw CaptureError(
                .tooLarge, "\(path) is larger than \(CaptureLimits.fileBytesMax >> 20) MiB. Capture less, or cut it.")
        }
        return try packets(in: Array(data))
    }

    /// - Throws: ``CaptureError``.
    package static func packets(in bytes: [UInt8]) throws(CaptureError) -> [UsbmonPacket] {
        var (packets, others) = ([UsbmonPacket](), 0)
        func take(_ captured: CapturedPacket) {
            if let packet = UsbmonPacket(captured) { packets.append(packet) } else { others += 1 }
        }
        if var reader = PcapNGReader(bytes) {
            while let packet = try reader.next() { take(packet) }
        } else if var reader = PcapReader(bytes) {
            while let packet = reader.next() { take(packet) }
        } else {
            throw CaptureError(
                .notACapture,
                "This is no capture. Take one with countertop debug record, Wireshark or tcpdump -i usbmon1.")
        }
        guard !packets.isEmpty || others == 0 else {
            throw CaptureError(
                .notOfUSB, "The capture is of another kind. Capture the interface usbmon1, or the bus's own.")
        }
        return packets
    }
}
