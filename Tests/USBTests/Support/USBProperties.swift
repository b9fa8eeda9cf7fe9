@testable import USB

/// What must hold for any bytes at all.
enum USBProperties {
    /// A configuration is refused with a reason, or read within its bounds; a `descriptors` file is cut within itself.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func configurationIsBounded(_ bytes: [UInt8]) -> String? {
        for value in [nil, bytes.last] {
            if let slice = USBConfiguration.slice(ofDescriptorsFile: bytes, value: value) {
                guard slice.count <= bytes.count - 18 else { return "a configuration longer than its file" }
                if let complaint = parsedIsBounded(slice) { return complaint }
            }
        }
        return parsedIsBounded(bytes)
    }

    private static func parsedIsBounded(_ bytes: [UInt8]) -> String? {
        do throws(USBError) {
            let interfaces = try USBConfiguration(parsing: bytes).interfaces
            // An interface descriptor takes nine bytes, an endpoint descriptor seven.
            guard interfaces.count <= min(USBLimits.settingsMax, bytes.count / 9) else { return "too many settings" }
            guard Set(interfaces.map(\.number)).count <= USBLimits.interfacesMax else { return "too many interfaces" }
            return interfaces.lazy.compactMap(complaint).first
        } catch {
            return error.code == .malformed ? nil : "an error \(error.code)"
        }
    }

    private static func complaint(_ interface: USBInterface) -> String? {
        let addresses = interface.endpoints.map(\.address)
        guard addresses.count <= USBLimits.endpointsMax else { return "too many endpoints" }
        guard Set(addresses).count == addresses.count else { return "an endpoint twice" }
        for endpoint in interface.endpoints where endpoint.carriesData {
            let bytes = endpoint.bufferBytes(for: 64)
            guard bytes % endpoint.packetBytesMax == 0, (1...USBLimits.transferBytesMax).contains(bytes) else {
                return "a buffer of \(bytes) bytes for packets of \(endpoint.packetBytesMax)"
            }
        }
        return nil
    }
}
