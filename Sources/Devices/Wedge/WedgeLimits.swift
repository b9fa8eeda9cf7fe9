/// The bounds of reading a keyboard's reports.
package struct WedgeLimits: Sendable, Equatable {
    /// The bytes of one label. A QR code holds at most 2,953 (ISO/IEC 18004, version 40-L).
    package var scanBytesMax = 4_096
    /// Places for keys in one report; what an array has beyond is not read. Boot keyboards have 6.
    package var slotsMax = 256
    /// Reports with keys; what a descriptor has beyond is not read. Keyboards have one or two.
    package var reportsMax = 16
    /// Digits of a number typed with Alt held. The largest number has ten.
    package var altDigitsMax = 10

    package init() {}

    package static let standard = WedgeLimits()
}
