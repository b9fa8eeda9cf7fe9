import Foundation

/// Takes lines that are too old out of a file of the audit log, as it is read piece by piece. A day's lines (in UTC) go together.
struct AuditPruning {
    /// What a line begins with, in front of its time.
    private static let beginning = Array("{\"time\":\"".utf8)
    /// `2026-11-25`.
    private static let dayBytes = 10

    /// The last day whose lines go.
    private let lastDay: ArraySlice<UInt8>
    private var begun: [UInt8] = []
    private var keepsLast = false

    /// - Parameter time: what is older goes, with the rest of its day.
    init(before time: Date) {
        lastDay = AuditLines.name(ofSecond: Int64(time.timeIntervalSince1970)).prefix(Self.dayBytes)
    }

    /// - Returns: the lines that stay, of those that this piece ends.
    mutating func kept(of piece: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        for byte in piece {
            begun.append(byte)
            if byte == 0x0A { kept += end() }
        }
        return kept
    }

    /// Ends the line that is begun, as the file does where the power failed.
    mutating func end() -> [UInt8] {
        defer { begun.removeAll(keepingCapacity: true) }
        return stays(begun) ? begun : []
    }

    /// A line without a time, which a lost power supply left, goes with the one before.
    private mutating func stays(_ line: [UInt8]) -> Bool {
        let day = line.dropFirst(Self.beginning.count).prefix(Self.dayBytes)
        if line.starts(with: Self.beginning), day.count == Self.dayBytes {
            keepsLast = lastDay.lexicographicallyPrecedes(day)
        }
        return keepsLast
    }
}
