/// A group of controls that belong together (HID 1.11, section 6.2.2.6).
package struct HIDCollection: Sendable, Equatable {
    /// Physical 0, application 1, logical 2, report 3, named array 4, usage switch 5, usage modifier 6.
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let physical = Kind(rawValue: 0)
        package static let application = Kind(rawValue: 1)
        package static let logical = Kind(rawValue: 2)
    }

    package let kind: Kind
    /// What it is for; `nil` when the descriptor does not say.
    package let usage: HIDUsage?
    /// The place of the collection around it in ``HIDReportDescriptor/collections``; `nil` at the top.
    package let parent: Int?
    /// The place of the outermost collection around it, its own when it is at the top.
    package let top: Int
}
