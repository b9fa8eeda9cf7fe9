import ArgumentParser
import Devices

/// One device of those that are plugged in.
struct DeviceOption: ParsableArguments {
    @Option(name: .long, help: "Only this device: a port path (1-4.2), vendor:product (05e0:1200) or serial:NUMBER.")
    var device: String?

    /// - Throws: `ValidationError` for a text that names no device.
    func selector() throws -> DeviceSelector? {
        try device.map { try Self.selector($0) }
    }

    /// - Throws: `ValidationError` for a text that names no device.
    static func selector(_ device: String) throws -> DeviceSelector {
        guard let selector = DeviceSelector(device) else {
            throw ValidationError("'\(device)' names no device. Write 1-4.2, 05e0:1200 or serial:NUMBER.")
        }
        return selector
    }
}
