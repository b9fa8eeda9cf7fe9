/// How the rows of a file or answer are written down.
package struct RowLayout: Sendable, Equatable {
    /// The file's or the source's name, for messages.
    package var name: String
    package var format: RowFormat
    package var encoding: TextEncoding

    package init(name: String, format: RowFormat, encoding: TextEncoding = .utf8) {
        self.name = name
        self.format = format
        self.encoding = encoding
    }

    /// The bytes as UTF-8, unpacked where they are packed.
    func unpacking(_ input: any ByteInput) -> any ByteInput {
        let unpacked = InflatingInput(input, name: name)
        return encoding == .utf8 ? unpacked : WindowsInput(unpacked)
    }
}
