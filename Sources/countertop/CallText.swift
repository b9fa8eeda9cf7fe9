import CountertopClient

/// A call in words: what it takes and what it gives.
struct CallText {
    let lines: [String]

    init(_ call: WireCall) {
        let answer = Self.name(call.answer)
        let head = "\(call.name) takes \(Self.name(call.request)) and gives \(call.isStream ? "many of " : "")\(answer)"
        lines = [head, ""] + WireOutline([call.request, call.answer]).lines
    }

    private static func name(_ schema: WireSchema) -> String {
        schema.name.split(separator: ".").last.map(String.init) ?? schema.name
    }
}
