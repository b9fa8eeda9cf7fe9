import Customers

extension IdentifierPattern {
    private static let types: [(name: String, type: IdentifierType)] = [
        ("customer_card", .customerCard), ("linked_card", .linkedCard), ("external_id", .externalID), ("phone", .phone),
        ("email", .email),
    ]

    /// Reads `identifiers`: the kinds of code that a store describes itself.
    static func all(_ sections: [ConfigurationReader], root: ConfigurationReader) throws -> [IdentifierPattern] {
        guard sections.count <= CustomersLimits.patternsMax else {
            throw root.mistake(
                "'identifiers' lists \(sections.count) kinds of code, and \(CustomersLimits.patternsMax) are looked for.",
                atValueOf: "identifiers")
        }
        var names: Set<String> = []
        return try sections.map { section in
            let pattern = try IdentifierPattern(section)
            guard names.insert(pattern.name).inserted else {
                throw section.mistake(
                    "'\(pattern.name)' is described twice. Write one pattern with | in it, or give each a name of its own.",
                    atValueOf: "name")
            }
            return pattern
        }
    }

    private init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["name", "pattern", "is"])
        guard let name = try section.string("name"), (1...64).contains(name.utf8.count) else {
            throw section.mistake("'\(section.place)' needs a name of 1 to 64 bytes, for people: \"member QR\".")
        }
        let known = "one of " + Self.types.map(\.name).joined(separator: ", ")
        let type = try section.value("is", known: known) { text in Self.types.first { $0.name == text }?.type }
        guard let type else {
            throw section.mistake(
                "'\(section.place)' does not say as what the code is looked up. Write is: and \(known).")
        }
        guard let text = try section.string("pattern") else {
            throw section.mistake(
                "'\(section.place)' needs a pattern, with what is looked up in a group: 'https://club\\.example/m/(\\d{6})'."
            )
        }
        let pattern: CodePattern
        do throws(CodePattern.Fault) {
            pattern = try CodePattern(text)
        } catch {
            throw section.mistake(
                "The pattern of '\(name)' cannot be used. At its character \(error.place), \(error.words).",
                atValueOf: "pattern")
        }
        // What fits everything finds somebody in everything: products, coupons and what not.
        guard pattern.value(of: []) == nil else {
            throw section.mistake(
                "The pattern of '\(name)' cannot be used: a code without a sign fits it. Ask for one at least.",
                atValueOf: "pattern")
        }
        self.init(name: name, pattern: pattern, type: type)
    }
}
