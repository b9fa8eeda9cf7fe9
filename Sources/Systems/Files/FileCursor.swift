/// How far a source of files has come.
struct FileCursor: Equatable {
    /// The file's name within a folder; empty for a single file or a command.
    var file: String
    /// What the file was when it was opened; for a command all zero.
    var fingerprint: FileInput.Fingerprint
    var place: RowPlace
    var isDone: Bool

    private static let version = "files-1"

    init(file: String, fingerprint: FileInput.Fingerprint, place: RowPlace, isDone: Bool) {
        self.file = file
        self.fingerprint = fingerprint
        self.place = place
        self.isDone = isDone
    }

    /// - Returns: `nil` for bytes that another kind of source wrote.
    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: "\t", maxSplits: 7, omittingEmptySubsequences: false)
        guard parts.count == 8, parts[0] == Self.version, let size = UInt64(parts[1]), let time = Int64(parts[2]),
            let offset = UInt64(parts[3]), let line = Int(parts[4]), line > 0, let rescans = Int(parts[5])
        else { return nil }
        self.init(
            file: String(parts[7]), fingerprint: FileInput.Fingerprint(size: size, writtenAt: time),
            place: RowPlace(offset: offset, line: line, rescans: rescans), isDone: parts[6] == "done")
    }

    var bytes: [UInt8] {
        let numbers = [
            "\(fingerprint.size)", "\(fingerprint.writtenAt)", "\(place.offset)", "\(place.line)", "\(place.rescans)",
        ]
        return Array(([Self.version] + numbers + [isDone ? "done" : "within", file]).joined(separator: "\t").utf8)
    }
}
