import ArgumentParser
import Foundation

/// The terminal on standard input and output.
enum Terminal {
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Writes at once, past any buffer. A reader that went away is no reason to fail.
    static func write(_ text: String) {
        _ = hasReader(of: text)
    }

    /// Writes as ``write(_:)`` does, for what goes on only as long as somebody reads.
    /// - Returns: whether somebody does.
    static func hasReader(of text: String) -> Bool {
        (try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))) != nil
    }

    /// Writes a line in which names may stand that come from outside.
    static func line(_ text: String) {
        write(printable(Array(text.utf8)) + "\n")
    }

    /// Writes a line to standard error.
    static func complain(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((printable(Array(text.utf8)) + "\n").utf8))
    }

    /// Asks before something that cannot be undone.
    /// - Throws: `ExitCode` unless the answer is yes, `ValidationError` where nobody can be asked.
    static func confirm(_ question: String, isAgreed: Bool) async throws {
        guard !isAgreed else { return }
        guard isInteractive else { throw ValidationError("It cannot be undone. Say --yes where nobody can be asked.") }
        write(printable(Array(question.utf8)) + " Type yes: ")
        for await line in lines() {
            if line == "yes" { return }
            break
        }
        complain("Nothing was changed.")
        throw ExitCode.failure
    }

    /// The lines typed into standard input, until its end.
    static func lines() -> AsyncStream<String> {
        AsyncStream(bufferingPolicy: .bufferingOldest(64)) { lines in
            let thread = Thread {
                while let line = readLine() { lines.yield(line) }
                lines.finish()
            }
            thread.start()
        }
    }

    /// Text of a stranger's without control characters, which a terminal would obey.
    static func printable(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }
}
