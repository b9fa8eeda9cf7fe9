/// A country's numbering plan, as far as it tells what a typed number means (ITU-T E.164; the plans the countries
/// publish under ITU-T E.129).
package struct PhoneRegion: Sendable, Equatable {
    /// Numbers that begin alike and have the same lengths.
    struct Form: Sendable, Equatable {
        let beginnings: [String]
        let lengths: Set<Int>
    }

    /// ISO 3166-1, two letters.
    package let name: String
    let countryCode: String
    /// Digits that are dialled before a national number inside the country, and are no part of it.
    let trunkPrefixes: [String]
    /// The lengths that numbers have behind the country code, in use or not.
    let lengths: Set<Int>
    /// The numbers that are in use, roughly: they tell a trunk prefix or a country code from a number's own digits.
    let forms: [Form]

    /// - Returns: `nil` for a region that the table does not hold.
    package init?(_ name: String) {
        guard let region = PhoneRegion.all.first(where: { $0.name == name.uppercased() }) else { return nil }
        self = region
    }

    private init(
        _ name: String, _ countryCode: String, trunk: [String] = [], lengths: Set<Int>,
        _ forms: KeyValuePairs<String, Set<Int>>
    ) {
        self.name = name
        self.countryCode = countryCode
        trunkPrefixes = trunk
        self.lengths = lengths
        self.forms = forms.map { Form(beginnings: $0.key.split(separator: " ").map(String.init), lengths: $0.value) }
    }

    /// Whether the digits are a number in use.
    func isInUse(_ digits: some StringProtocol) -> Bool {
        forms.contains { form in
            form.lengths.contains(digits.utf8.count) && form.beginnings.contains { digits.begins(with: $0) }
        }
    }

    /// The countries whose phone numbers are known, by the order of their names.
    package static let all: [PhoneRegion] = [
        PhoneRegion("NO", "47", lengths: [5, 8], ["2 3 4 5 6 7 8 9": [8], "0": [5]]),
        PhoneRegion(
            "SE", "46", trunk: ["0"], lengths: [6, 7, 8, 9, 10, 12],
            [
                "1 2 3 4 5 6 7 8 9": [9], "1 2 3 4 5 6 8 9": [8], "1 2 3 4 6 8 9": [7], "2": [6, 12], "6": [12],
                "9": [10],
            ]
        ),
        PhoneRegion("DK", "45", lengths: [8], ["2 3 4 5 6 7 8 9": [8]]),
        PhoneRegion(
            "FI", "358", trunk: ["0"], lengths: Set(5...12),
            [
                "1 2 3 5 6 8 9": [5], "1 2 3 4 5 6 7 8 9": [6, 7, 8, 9], "1 2 4 5 6 7 30 34 36 37 38 39": [10],
                "7": [11, 12],
            ]),
        PhoneRegion(
            "DE", "49", trunk: ["0"], lengths: Set(4...15),
            [
                "2 5 7 9": Set(6...15), "1": Set(4...14), "3 6 8": Set(5...15),
                "40 41 42 43 44 45 46 47 48": Set(5...15), "4930 4940 4969 498": [5, 6],
                "4937 4949 4960 4970 4978 4979 499": Set(5...7),
                "4920 4922 4924 4925 4926 4927 4928 4929": Set(5...12),
                "4932 4933 4934 4935 4936 4938 4939 4971 4972 4973 4974 4975 4976 4977": Set(5...12),
                "490 495 4921 4923 4931 4941 4942 4943 4944 4945 4946 4947 4948": Set(5...13),
                "4961 4962 4963 4964 4965 4966 4967 4968": Set(5...13),
                // A number of Leer has up to 11 digits; more are a mobile number behind the country code.
                "491": Set(5...11),
            ]),
        PhoneRegion("UA", "380", trunk: ["0"], lengths: [9, 10], ["3 4 5 6 7 8 9": [9], "8 9": [10]]),
        PhoneRegion("EE", "372", lengths: [7, 8, 10], ["3 4 5 6 7 8 90": [7], "4 5 7 8": [8], "8": [10]]),
        PhoneRegion("LV", "371", lengths: [8], ["2 6 8 78 90": [8]]),
        PhoneRegion("LT", "370", trunk: ["0", "8"], lengths: [8], ["3 4 6 9 52 70 80": [8]]),
        PhoneRegion(
            "PL", "48", lengths: Set(6...10), ["1 2 3 4 5 6 7 8 9": [7, 9], "2 6": [6], "6": [8], "8": [10]]),
        PhoneRegion(
            "NL", "31", trunk: ["0"], lengths: Set(5...11),
            ["1 2 3 4 5 6 7": [9], "8": Set(7...10), "9": Set(7...11), "1": [5, 6]]),
        PhoneRegion(
            "GB", "44", trunk: ["0", "180020"], lengths: [7, 9, 10],
            ["1 2 3 5 7 8 9": [10], "1 8": [9], "8": [7]]),
        PhoneRegion("IS", "354", lengths: [7, 9], ["4 5 6 7 8 9": [7], "38": [9]]),
    ]
}
