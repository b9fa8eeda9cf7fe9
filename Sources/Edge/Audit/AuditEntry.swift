import Foundation

/// One thing that somebody did.
struct AuditEntry: Sendable, Hashable {
    let milliseconds: Int64
    let caller: String
    let role: String
    let call: String
    let lane: String
    let till: String
    let customer: String

    /// When, in UTC: "2026-11-25T13:05:09.120Z".
    var time: String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000).ISO8601Format(.init(includingFractionalSeconds: true))
    }

    /// The entry as a line of JSON, without its end. Members that are empty are left out.
    var line: String {
        var members = [
            "\"time\":\"\(time)\"", "\"by\":\(Self.quoted(caller))", "\"role\":\"\(role)\"", "\"call\":\"\(call)\"",
        ]
        for (name, value) in [("lane", lane), ("till", till), ("customer", customer)] where !value.isEmpty {
            members.append("\"\(name)\":\(Self.quoted(value))")
        }
        return "{\(members.joined(separator: ","))}"
    }

    /// A text as JSON has it (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1F}", "\u{7F}": quoted += "\\u" + String(format: "%04x", scalar.value)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
