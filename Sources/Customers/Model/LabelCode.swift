/// The code of a label, or one that was typed.
package struct LabelCode: Sendable, Equatable {
    /// The bytes as they were read, without identifier and suffix.
    package var data: [UInt8]
    package var family: LabelFamily
    /// The product number as 14 digits where the decoder has computed it already, as it must for a UPC-E.
    package var gtin14: String?

    package init(data: [UInt8], family: LabelFamily, gtin14: String? = nil) {
        self.data = data
        self.family = family
        self.gtin14 = gtin14
    }

    /// A code as a cashier types it.
    package init(typed text: String) {
        self.init(data: Array(text.utf8), family: .none)
    }
}
