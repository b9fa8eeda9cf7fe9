import Devices
import USB

/// A device as support sees it. Its serial number is left out; raw descriptors hold none, but only the number of its text
/// (USB 2.0, table 9-8).
struct ReportedDevice: Encodable, Sendable {
    struct Interface: Encodable {
        let number: UInt8
        let driver: String?
        let usage: String
        /// As the kernel has read it, in hexadecimal digits; `nil` for an interface that has none, or whose driver shows none.
        let reportDescriptor: String?
    }

    let path: String
    let id: String
    let manufacturer: String
    let product: String
    let role: String
    let mode: String
    let explanation: String
    let canOpen: Bool?
    /// The device descriptor and the active configuration as the device sent them, in hexadecimal digits; `nil` when they
    /// could not be read.
    let descriptors: String?
    let interfaces: [Interface]

    init(_ info: DeviceInfo, descriptors: [UInt8]?, _ survey: DescriptorSurvey) {
        path = info.device.path.description
        id = "\(info.device.identity)"
        manufacturer = info.device.manufacturer ?? ""
        product = info.device.product ?? ""
        role = info.role.rawValue
        mode = info.mode
        explanation = info.explanation
        canOpen = info.canOpen
        self.descriptors = descriptors?.hexadecimalDigits
        interfaces = info.interfaces.map { interface in
            let seen = survey.interfaces.first { $0.number == interface.number }
            return Interface(
                number: interface.number, driver: interface.driver, usage: interface.usage,
                reportDescriptor: seen?.descriptor?.hexadecimalDigits)
        }
    }
}
