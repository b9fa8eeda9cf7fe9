/// A regular expression for codes: a small language whose every pattern takes time in proportion to a code's length, so that
/// none that a store writes can hold up its scans.
///
/// It knows characters, `.`, classes (`[A-Z0-9_]`, `[^ ]`), `\d`, `\w`, `\s` and a `\` in front of any other sign, groups `(…)` and
/// `(?:…)`, alternatives `|`, and the repeats `?`, `*`, `+`, `{3}`, `{2,}` and `{2,5}`. A pattern describes the whole code; `^` and
/// `$` may stand at its ends and mean nothing more. It knows no back references and nothing that looks ahead.
///
/// The matching keeps a list of the places in the pattern that fit so far (Thompson, Communications of the ACM 11, 6, 1968),
/// and the first group's ends with each (https://swtch.com/~rsc/regexp/regexp2.html).
package struct CodePattern: Sendable, Equatable {
    /// What is wrong with a pattern.
    package struct Fault: Error, Sendable, Equatable {
        /// The character at which it shows, from 1.
        package let place: Int
        /// What it is and what to do, without a full stop.
        package let words: String
    }

    package let text: String
    private let program: PatternProgram

    /// - Throws: ``Fault``.
    package init(_ text: String) throws(Fault) {
        self.text = text
        var parser = PatternParser(text)
        program = try PatternProgram(parser.pattern())
    }

    /// - Parameter code: at most ``CustomersLimits/identifierBytesMax`` bytes are looked at; a longer one fits none.
    /// - Returns: the bytes of the first group, or all of them where the pattern has none; `nil` for a code that does not fit.
    package func value(of code: [UInt8]) -> [UInt8]? {
        guard code.count <= CustomersLimits.identifierBytesMax else { return nil }
        return program.match(code).map { Array(code[$0]) }
    }
}
