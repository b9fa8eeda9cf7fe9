import Devices

/// A step of `debug test`: a line of its JSON.
struct TestRecord: Encodable {
    let order: String
    let expectation: String
    let end: String

    init(_ step: DeviceTest.Step, _ end: DeviceOrderEnd) {
        switch step.order {
        case .tell(let signal): order = signal.rawValue
        case .show: order = "show"
        }
        expectation = step.expectation
        self.end = end.rawValue
    }

    /// For people.
    var line: String {
        switch DeviceOrderEnd(rawValue: end) {
        case .done: "done      \(expectation)"
        case .impossible: "cannot    \(expectation)"
        case .absent: "gone      \(expectation): the device is not there any more"
        case .superseded: "replaced  \(expectation): the edge told it something newer"
        default: "REFUSED   \(expectation): the device did not take the order"
        }
    }
}
