/// The bounds of a report descriptor. Real ones stay far below: a scanner's has some 150 bytes and 80 items.
package struct HIDLimits: Sendable, Equatable {
    package var descriptorBytesMax = 4_096
    package var itemsMax = 1_024
    /// Collections within collections.
    package var collectionDepthMax = 8
    /// Pushed states of the global items.
    package var pushDepthMax = 8
    /// One report, its id included.
    package var reportBytesMax = 1_024
    /// Usages that one main item declares singly; a range counts as one.
    package var usagesMax = 1_024

    package init() {}

    package static let standard = HIDLimits()
}
