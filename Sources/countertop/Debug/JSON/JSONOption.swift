import ArgumentParser
import Foundation

/// Whether a program reads the answer.
struct JSONOption: ParsableArguments {
    @Flag(
        name: .long,
        help: "Print JSON for programs, one object a line; Debugging.md of Sources/Devices says what is in it.")
    var json = false
}

extension Terminal {
    /// Writes a value as one line of JSON: keys in order, what is not known left out.
    static func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dataEncodingStrategy = .base64
        guard let data = try? encoder.encode(value) else { return }
        write(String(decoding: data, as: UTF8.self) + "\n")
    }
}
