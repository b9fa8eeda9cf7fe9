/// Finds the code in a refusal, whatever shape it has.
enum RefusalCode {
    private static let names = [
        "error", "code", "errorCode", "error_code", "reason", "type", "title", "message", "name",
    ]
    private static let inner = ["error", "errors", "extraDetails", "invalidParams", "fault", "response"]

    static func find(in body: [UInt8]) -> String? {
        guard body.count <= SystemCallLimits.refusalBytesMax,
            let node = try? JSONLineParser.parse(body[...], valuesMax: SystemsLimits.jsonValuesMax)
        else { return nil }
        return find(in: node, depth: 0)
    }

    private static func find(in node: JSONNode, depth: Int) -> String? {
        guard depth < 3 else { return nil }
        if case .list(let nodes) = node.value { return nodes.first.flatMap { find(in: $0, depth: depth + 1) } }
        for name in names {
            if let word = node[name]?.plainText.flatMap(code) { return word }
        }
        for name in inner {
            if let found = node[name].flatMap({ find(in: $0, depth: depth + 1) }) { return found }
        }
        return nil
    }

    /// A word that is a code: letters, digits, dots, dashes and underscores, and no run of digits that could be a number of
    /// somebody's.
    private static func code(_ text: String) -> String? {
        guard (1...SystemCallLimits.wordMax).contains(text.utf8.count),
            text.wholeMatch(of: /[A-Za-z0-9_.\-]+/) != nil, text.firstMatch(of: /[0-9]{5}/) == nil
        else { return nil }
        return text
    }
}
