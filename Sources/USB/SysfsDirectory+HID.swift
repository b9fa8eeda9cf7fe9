import Glibc

extension SysfsDirectory {
    /// The report descriptor that the kernel's usbhid has read from an interface; `nil` when it does not drive it.
    func reportDescriptor(interface: UInt8) -> [UInt8]? {
        guard let folder = folder(ofInterface: interface), let directory = opendir("\(path)/\(folder)") else {
            return nil
        }
        defer { closedir(directory) }
        // The HID device is the folder with bus, vendor, product and number in its name: "0003:05E0:1200.0001".
        for _ in 0..<USBLimits.interfaceEntriesMax {
            guard let entry = readdir(directory) else { return nil }
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix("0003:") else { continue }
            let bytes = read("\(folder)/\(name)/report_descriptor", bytesMax: USBLimits.configurationBytesMax)
            return bytes?.isEmpty == false ? bytes : nil
        }
        return nil
    }
}
