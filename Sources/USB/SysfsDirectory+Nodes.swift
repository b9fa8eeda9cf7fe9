import Glibc

extension SysfsDirectory {
    /// "on", or "auto" when the kernel may send the device to sleep.
    var powerControl: String? { line("power/control") }

    /// False when the kernel was told to keep the device out; `nil` for one that is not plugged in.
    var isAuthorized: Bool? { line("authorized").map { $0 != "0" } }

    /// Whether it has a configuration; `nil` for a device that is not plugged in.
    var isConfigured: Bool? { line("devnum") == nil ? nil : configurationValue != nil }

    /// The device's node below /dev/bus/usb: "001/004". A re-plugged device has another.
    var nodeName: String? {
        guard let bus = line("busnum").flatMap({ Int($0) }), let number = line("devnum").flatMap({ Int($0) }) else {
            return nil
        }
        return Self.threeDigits(bus) + "/" + Self.threeDigits(number)
    }

    /// The ttys and hidraw nodes that drivers made of the device's interfaces, below /dev.
    var interfaceNodes: [String] {
        interfaceFolders.flatMap { nodes(under: "\(path)/\($0)", depth: 0) }
    }

    /// Nodes lie a few folders deep: tty/ttyACM0, ttyUSB0/tty/ttyUSB0, 0003:05E0:1200.0001/hidraw/hidraw0.
    private func nodes(under folder: String, depth: Int) -> [String] {
        guard depth < USBLimits.nodeDepthMax else { return [] }
        return entries(of: folder).flatMap { name -> [String] in
            switch folder.split(separator: "/").last {
            case "tty", "hidraw": return [name]
            default: return Self.mayHoldNodes(name) ? nodes(under: "\(folder)/\(name)", depth: depth + 1) : []
            }
        }
    }

    private static func mayHoldNodes(_ name: String) -> Bool {
        name == "tty" || name == "hidraw" || name.hasPrefix("0003:") || name.hasPrefix("ttyUSB")
    }

    func entries(of folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while names.count < USBLimits.interfaceEntriesMax, let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    private func line(_ attribute: String) -> String? {
        guard let bytes = read(attribute, bytesMax: USBLimits.stringBytesMax), !bytes.isEmpty else { return nil }
        return String(decoding: bytes.filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
    }

    private static func threeDigits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
