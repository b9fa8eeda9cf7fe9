import Glibc

/// What the kernel tells of a USB device under /sys/bus/usb/devices, read without opening the device.
struct SysfsDirectory: Sendable {
    let path: String

    /// - Parameter device: "1-4.2". Anything else than digits, dashes and dots gives `nil`, so that no other file is read.
    init?(_ device: USBPath, root: String = "/sys/bus/usb/devices") {
        let name = device.description
        let isPlain = name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x2e }
        guard name.first?.isNumber == true, isPlain else { return nil }
        path = root + "/" + name
    }

    // The kernel answers for these three under the device's lock, as ``waitForSetUp()`` says.
    var manufacturer: String? { text("manufacturer") }
    var product: String? { text("product") }
    var serial: String? { text("serial") }

    /// The device's address on its bus, which every arrival changes.
    var address: UInt8? {
        text("devnum").flatMap { UInt8($0) }
    }

    /// Returns when the kernel has set the device up. It answers this question under the lock that it holds meanwhile, and
    /// asks the device for up to half a minute when that does not answer: never call this on the event thread.
    func waitForSetUp() { _ = read("bConfigurationValue", bytesMax: USBLimits.stringBytesMax) }

    /// `nil` while the device has no configuration, which is so for a moment after it arrived. It is taken from the names of
    /// the interfaces' folders, since the kernel's own file for it waits for a device that does not answer.
    var configurationValue: UInt8? {
        interfaceFolders.lazy.compactMap { $0.split(separator: ":").last?.split(separator: ".").first }
            .compactMap { UInt8($0) }.first
    }

    /// The active configuration's bytes, or the first configuration's while none is active: the kernel chooses that one
    /// unless it knows better.
    var configurationBytes: [UInt8]? {
        guard let file = read("descriptors", bytesMax: USBLimits.descriptorsFileBytesMax) else { return nil }
        return USBConfiguration.slice(ofDescriptorsFile: file, value: configurationValue)
    }

    /// The device descriptor and the active configuration.
    var descriptors: [UInt8]? {
        guard let file = read("descriptors", bytesMax: USBLimits.descriptorsFileBytesMax), file.count > 18,
            let configuration = USBConfiguration.slice(ofDescriptorsFile: file, value: configurationValue)
        else { return nil }
        return file.prefix(18) + configuration
    }

    /// The active configuration, or none and why it cannot be read and what to do.
    var configuration: (USBConfiguration, fault: String?) {
        let advice = "Plug it in again, then try another cable or port; if it stays so, the device is broken."
        guard let bytes = configurationBytes else {
            return (
                USBConfiguration(interfaces: []),
                "The kernel could not read its configuration descriptor, so nothing can be done with it. \(advice)"
            )
        }
        do {
            return (try USBConfiguration(parsing: bytes), nil)
        } catch {
            return (
                USBConfiguration(interfaces: []),
                "Its configuration descriptor cannot be read. \(error.message) \(advice)"
            )
        }
    }

    /// The name of the driver an interface is bound to; "usbfs" when a program has claimed it.
    func driver(interface: UInt8) -> String? {
        folder(ofInterface: interface).flatMap { linkTarget("\(path)/\($0)/driver") }
    }

    /// The folder of an interface of the active configuration, within the device's own: "1-4.2:1.0".
    func folder(ofInterface interface: UInt8) -> String? {
        interfaceFolders.first { $0.hasSuffix(".\(interface)") }
    }

    /// The folders of all interfaces of the active configuration.
    var interfaceFolders: [String] {
        guard let name = path.split(separator: "/").last else { return [] }
        return entries(of: path).filter { $0.hasPrefix("\(name):") }
    }

    private func linkTarget(_ link: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        guard count > 0 else { return nil }
        let target = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return target.split(separator: "/").last.map(String.init)
    }

    /// A one-line attribute without its line end; control characters become spaces, since they end up on terminals.
    private func text(_ attribute: String) -> String? {
        guard var bytes = read(attribute, bytesMax: USBLimits.stringBytesMax) else { return nil }
        if bytes.last == 0x0a { bytes.removeLast() }
        // Those of one byte and those of two (U+0080 to U+009F).
        let line = String.UnicodeScalarView(
            String(decoding: bytes, as: UTF8.self).unicodeScalars.map {
                $0.properties.generalCategory == .control ? " " : $0
            })
        return line.isEmpty ? nil : String(line)
    }

    func read(_ attribute: String, bytesMax: Int) -> [UInt8]? {
        let file = open("\(path)/\(attribute)", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        var filled = 0
        while filled < bytesMax {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + filled, bytesMax - filled) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }
}
