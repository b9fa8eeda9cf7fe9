/// A country's numbering plan, as far as it tells what a typed number means: ITU-T E.164 and the plans published by the
/// countries.
package struct PhoneRegion: Sendable, Equatable {
    /// ISO 3166-1, two letters.
    package let name: String
    /// Digits of the country code.
    let countryCode: String
    /// The digits that are dialled before a national number inside the country, and are no part of it.
    let trunkPrefixes: [String]
    /// The digits of a number behind the country code.
    let lengths: ClosedRange<Int>

    /// - Returns: `nil` for a region that the table does not hold.
    package init?(_ name: String) {
        guard let region = PhoneRegion.all.first(where: { $0.name == name.uppercased() }) else { return nil }
        self = region
    }

    init(_ name: String, _ countryCode: String, trunk: [String] = [], _ lengths: ClosedRange<Int>) {
        self.name = name
        self.countryCode = countryCode
        trunkPrefixes = trunk
        self.lengths = lengths
    }

    static let all: [PhoneRegion] = [
        PhoneRegion("NO", "47", 8...8),
        PhoneRegion("SE", "46", trunk: ["0"], 7...9),
        PhoneRegion("DK", "45", 8...8),
        PhoneRegion("FI", "358", trunk: ["0"], 5...10),
        PhoneRegion("DE", "49", trunk: ["0"], 5...11),
        PhoneRegion("UA", "380", trunk: ["0"], 9...9),
        PhoneRegion("EE", "372", 7...8),
        PhoneRegion("LV", "371", 8...8),
        PhoneRegion("LT", "370", trunk: ["0", "8"], 8...8),
        PhoneRegion("PL", "48", 9...9),
        PhoneRegion("NL", "31", trunk: ["0"], 9...9),
        PhoneRegion("GB", "44", trunk: ["0"], 9...10),
    ]
}
