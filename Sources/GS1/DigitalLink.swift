/// GS1 Digital Link: a web address that holds elements, `https://HOST/.../01/GTIN/10/LOT?17=EXPIRY` (GS1 Digital Link
/// Standard: URI Syntax).
package enum DigitalLink {
    /// - Parameter data: the code's bytes.
    /// - Returns: `nil` for what is no web address, or has no key of GS1 in its path: most addresses are no such links.
    package static func elements(of data: [UInt8]) -> ElementString? {
        guard let link = Link(data), let path = pathElements(of: link) else { return nil }
        let (attributes, errors) = attributes(of: link)
        return ElementString(elements: path + attributes, errors: errors)
    }

    /// The key and its qualifiers: the last pairs of the path.
    private static func pathElements(of link: Link) -> [Element]? {
        let path = link.path.last == "" ? link.path.dropLast() : link.path[...]
        // A value may look like a key, so that the shortest tail that reads as key and qualifiers is the link's.
        for length in stride(from: 2, through: min(path.count, 2 * pathElementsMax), by: 2) {
            let pairs = pairs(of: path.suffix(length))
            if let key = pairs.first, let allowed = key.identifier.linkQualifiers,
                isOrdered(pairs.dropFirst().map(\.identifier.digits), allowed)
            {
                return pairs
            }
        }
        return nil
    }

    /// A key, and as many qualifiers as any key has.
    private static let pathElementsMax = 4

    private static func pairs(of parts: ArraySlice<String>) -> [Element] {
        let parts = Array(parts)
        let elements = stride(from: 0, to: parts.count, by: 2).compactMap { place in
            ApplicationIdentifier(parts[place]).flatMap { element($0, parts[place + 1]) }
        }
        return elements.count * 2 == parts.count ? elements : []
    }

    private static func isOrdered(_ qualifiers: [String], _ alternatives: [[String]]) -> Bool {
        if qualifiers.isEmpty { return true }
        return alternatives.contains { allowed in
            let places = qualifiers.map { allowed.firstIndex(of: $0) }
            return places.allSatisfy { $0 != nil }
                && zip(places, places.dropFirst()).allSatisfy { ($0 ?? 0) < ($1 ?? 0) }
        }
    }

    /// The pairs of the query whose names are digits; other names are whoever's wrote the address.
    private static func attributes(of link: Link) -> (elements: [Element], errors: [GS1Error]) {
        var (elements, errors) = ([Element](), [GS1Error]())
        for pair in link.query.split(whereSeparator: { $0 == "&" || $0 == ";" }).prefix(GS1Limits.elementsMax) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy(\.isDigit) else { continue }
            let name = String(parts[0])
            if let identifier = ApplicationIdentifier(name), identifier.isLinkAttribute,
                let element = element(identifier, String(parts[1]))
            {
                elements.append(element)
            } else {
                errors.append(
                    GS1Error(
                        code: .notALink, identifier: name, message: "\"\(name)\" is no attribute that a link may have.")
                )
            }
        }
        return (elements, errors)
    }

    /// - Returns: `nil` when a percent sign has no two digits behind it.
    private static func element(_ identifier: ApplicationIdentifier, _ text: String) -> Element? {
        guard let value = percentDecoded(text) else { return nil }
        // A product number may stand there in any of its lengths, and means the one of 14 digits.
        guard identifier.digits == "01", let number = GTIN(digits: value) else {
            return Element(identifier: identifier, value: value)
        }
        return Element(identifier: identifier, value: Array(number.digits14.utf8))
    }

    private static func percentDecoded(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "%") else {
                bytes.append(first)
                continue
            }
            guard rest.count >= 2, let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.prefix(2).allSatisfy(\.isHexadecimal)
            else { return nil }
            bytes.append(byte)
            rest.removeFirst(2)
        }
        return bytes
    }
}
