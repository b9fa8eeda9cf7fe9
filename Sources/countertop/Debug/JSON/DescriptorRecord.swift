import Devices
import USB

/// What `debug descriptor --json` prints for each device.
struct DescriptorRecord: Encodable {
    struct Interface: Encodable {
        let number: Int
        let interfaceClass: Int
        let driver: String?
        let hex: String?
        let tree: [String]?
        let error: String?
    }

    let path: String
    let id: String
    let interfaces: [Interface]

    init(_ survey: DescriptorSurvey) {
        path = survey.device.path.description
        id = survey.device.identity
        interfaces = survey.interfaces.map { interface in
            let tree = interface.descriptor.map { HIDReportDescriptor.tree(of: $0) }
            return Interface(
                number: Int(interface.number), interfaceClass: Int(interface.interfaceClass), driver: interface.driver,
                hex: interface.descriptor?.hexadecimalDigits, tree: tree?.lines, error: tree?.error?.message)
        }
    }
}
