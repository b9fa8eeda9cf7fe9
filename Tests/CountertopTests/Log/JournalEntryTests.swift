import Logging
import Testing

@testable import countertop

@Suite("An entry of systemd's journal")
struct JournalEntryTests {
    private func text(_ entry: JournalEntry) -> String { String(decoding: entry.bytes, as: UTF8.self) }

    @Test("It has the level, the words, and a field for each thing that a line tells")
    func fields() {
        let entry = JournalEntry(
            level: .warning, message: "A device is gone.", metadata: ["left-out": "3", "lane": "1"])
        let lines = Set(text(entry).split(separator: "\n").map(String.init))
        #expect(
            lines.isSuperset(of: [
                "PRIORITY=4", "SYSLOG_IDENTIFIER=countertop", "MESSAGE=A device is gone. lane=1 left-out=3",
                "COUNTERTOP_LANE=1", "COUNTERTOP_LEFT_OUT=3",
            ]), "\(lines)")
    }

    @Test("A value with a line break goes with its length, so that it makes no field of its own")
    func lineBreak() {
        let entry = JournalEntry(level: .error, message: "a\nPRIORITY=0", metadata: [:])
        let bytes = entry.bytes
        let head = Array("MESSAGE\n".utf8) + [12, 0, 0, 0, 0, 0, 0, 0] + Array("a\nPRIORITY=0\n".utf8)
        #expect(bytes.suffix(head.count).elementsEqual(head))
    }

    @Test("However long a line is, the entry stays within what a datagram holds")
    func bounded() {
        let long = String(repeating: "x", count: 200_000)
        let entry = JournalEntry(
            level: .info, message: long, metadata: ["a": "\(long)", "b": "\(long)", "c": "\(long)"])
        #expect(entry.bytes.count <= JournalEntry.bytesMax)
    }
}
