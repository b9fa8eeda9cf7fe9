import USB

@testable import Capture

/// What must hold for any bytes at all.
enum CaptureProperties {
    /// - Returns: what is wrong, `nil` when nothing is.
    static func fileHolds(_ bytes: [UInt8]) -> String? {
        guard let packets = try? CaptureReader.packets(in: bytes) else { return nil }
        // The shortest packet has a header of 16 bytes in front of 48 of usbmon's.
        guard packets.count <= bytes.count / 64 else { return "more packets than the file has room for" }
        guard packets.reduce(0, { $0 + $1.data.count }) <= bytes.count else { return "more data than the file holds" }
        guard let devices = try? CapturedDevice.devices(in: packets) else { return nil }
        return devices.count <= CaptureLimits.devicesMax ? nil : "too many devices"
    }
}
