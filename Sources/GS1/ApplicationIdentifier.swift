/// The two to four digits that say what an element is, and what GS1 says of them (GS1 General Specifications, section 3).
package struct ApplicationIdentifier: Sendable, Equatable, CustomStringConvertible {
    /// "01", "3103".
    package let digits: String
    /// GS1's short title, "BEST BEFORE or BEST BY".
    package let title: String
    /// Characters of the value where the identifier gives their number, so that no separator follows it (section 7.8.5).
    package let fixedLength: Int?
    /// Whether it may be an attribute in a GS1 Digital Link.
    package let isLinkAttribute: Bool
    /// The qualifiers that may follow it as a link's key, in their order, one list an alternative; `nil` when it is no key.
    package let linkQualifiers: [[String]]?
    /// The groups of which it needs one beside it; none when empty. "35nn" stands for any two digits.
    let needs: [[String]]
    /// Those that may not stand beside it.
    let excludes: [String]
    let components: [Component]

    package var description: String { "(\(digits))" }

    /// The decimal places of a measure or an amount, which the last digit of its identifier gives (section 3).
    package var decimalPlaces: Int? {
        switch digits.prefix(2) {
        case "31", "32", "33", "34", "35", "36": digits.count == 4 ? digits.last.flatMap(\.wholeNumberValue) : nil
        case "39": digits.last.flatMap(\.wholeNumberValue)
        default: nil
        }
    }

    /// - Returns: `nil` for digits that GS1 has given to nothing.
    package init?(_ digits: String) {
        guard let found = Self.known[digits] else { return nil }
        self = found
    }

    /// The identifier that data begin with.
    init?(at data: ArraySlice<UInt8>) {
        for count in 2...4 where data.count >= count {
            if let found = Self.known[String(decoding: data.prefix(count), as: UTF8.self)] {
                self = found
                return
            }
        }
        return nil
    }

    /// All of them, by their digits.
    package static let known: [String: ApplicationIdentifier] = {
        var known: [String: ApplicationIdentifier] = [:]
        for line in table.split(separator: "\n") {
            for identifier in identifiers(of: line) { known[identifier.digits] = identifier }
        }
        return known
    }()

    private init(_ digits: String, flags: Substring, components: [Component], relations: Substring, title: Substring) {
        self.digits = digits
        self.title = String(title)
        self.components = components
        fixedLength = flags.contains("*") ? components.reduce(0) { $0 + $1.lengths.upperBound } : nil
        isLinkAttribute = flags.contains("?")
        var (needs, excludes, qualifiers) = ([[String]](), [String](), [[String]]?.none)
        for relation in relations.split(separator: " ") {
            let parts = relation.split(separator: "=")
            let list = parts.count == 2 ? parts[1] : ""
            switch parts.first {
            case "with": needs = list.split(separator: ",").map { $0.split(separator: "+").map(String.init) }
            case "without": excludes = list.split(separator: ",").map(String.init)
            default: qualifiers = list.split(separator: "/").map { $0.split(separator: ",").map(String.init) }
            }
        }
        (self.needs, self.excludes, linkQualifiers) = (needs, excludes, qualifiers)
    }

    private static func identifiers(of line: Substring) -> [ApplicationIdentifier] {
        let columns = line.split(separator: "|", omittingEmptySubsequences: false)
        guard columns.count == 5 else { return [] }
        let ends = columns[0].split(separator: "-")
        guard let first = ends.first.flatMap({ Int($0) }), let last = ends.last.flatMap({ Int($0) }) else { return [] }
        let components = columns[2].split(separator: " ").compactMap { Component($0) }
        return (first...last).map { number in
            let digits = String(number)
            let filled = String(repeating: "0", count: ends[0].count - digits.count) + digits
            return ApplicationIdentifier(
                filled, flags: columns[1], components: components, relations: columns[3], title: columns[4])
        }
    }
}
