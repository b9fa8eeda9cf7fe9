import Devices
import USB

/// The report descriptors of a device, in words for a technician.
struct DescriptorText {
    let lines: [String]

    init(_ survey: DescriptorSurvey) {
        let device = survey.device
        let names = [device.manufacturer, device.product].compactMap { $0 }.joined(separator: " ")
        var lines = [Terminal.printable(Array("\(device.path)  \(device.identity)  \(names)".utf8))]
        for interface in survey.interfaces {
            guard interface.isHID else {
                lines.append("interface \(interface.number): class \(interface.interfaceClass), not HID")
                continue
            }
            guard let bytes = interface.descriptor else {
                let driver = interface.driver ?? "no driver"
                lines.append("interface \(interface.number): bound to \(driver), which shows no report descriptor")
                continue
            }
            lines.append("interface \(interface.number): report descriptor of \(bytes.count) bytes")
            let tree = HIDReportDescriptor.tree(of: bytes)
            lines += tree.lines.map { "  \($0)" }
            if let error = tree.error { lines.append("  it breaks here: \(error.message).") }
        }
        self.lines = lines
    }
}
