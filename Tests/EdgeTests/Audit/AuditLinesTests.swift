import Foundation
import Testing

@testable import Edge

@Suite struct AuditLinesTests {
    private func entry(_ milliseconds: Int64, caller: String = "uid-0", customer: String = "") -> AuditEntry {
        AuditEntry(
            milliseconds: milliseconds, caller: caller, role: "till", call: "Customers/Resolve", customer: customer)
    }

    private func members(_ lines: AuditLines) throws -> [[String: String]] {
        try lines.bytes.split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: String])
        }
    }

    @Test("Every moment is named as Foundation names it", arguments: [UInt64(1), 2, 3])
    func times(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        // From 1970 to the end of 2199.
        let moments =
            [0, 951_782_400_000, 4_107_542_399_999]
            + (0..<500).map { _ in
                Int64.random(in: 0..<7_258_118_400_000, using: &random)
            }
        var lines = AuditLines()
        for moment in moments { lines.add(entry(moment)) }
        let expected = moments.map { moment in
            let second = Date(timeIntervalSince1970: Double(moment / 1_000)).ISO8601Format().dropLast()
            return "\(second).\(String(1_000 + moment % 1_000).dropFirst())Z"
        }
        #expect(try members(lines).map { $0["time"] ?? "" } == expected, "seed \(seed)")
    }

    @Test("Whatever a text holds comes back from JSON", arguments: [UInt64(4), 5, 6])
    func texts(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        // Mostly ASCII, its control characters included; surrogates are no scalars.
        let texts = (0..<200).map { index in
            let scalars = (0..<8).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0..<(index.isMultiple(of: 4) ? 0x11_0000 : 0x80), using: &random))
            }
            return String(String.UnicodeScalarView(scalars))
        }
        var lines = AuditLines()
        for text in texts { lines.add(entry(0, caller: text, customer: text)) }
        let found = try members(lines)
        #expect(found.map { $0["by"] ?? "" } == texts, "seed \(seed)")
        #expect(found.map { $0["customer"] ?? "" } == texts, "seed \(seed)")
    }

    @Test("What is empty is left out, and what was dropped is counted")
    func members() {
        var lines = AuditLines()
        lines.add(entry(1_732_539_909_120))
        lines.add(more: 7, AuditSurplus(caller: "till-a", role: "till"), milliseconds: 1_732_539_909_007)
        lines.add(dropped: 12, milliseconds: 1_732_539_909_007)
        #expect(
            String(decoding: lines.bytes, as: UTF8.self) == """
                {"time":"2024-11-25T13:05:09.120Z","by":"uid-0","role":"till","call":"Customers/Resolve"}
                {"time":"2024-11-25T13:05:09.007Z","by":"till-a","role":"till","more":7}
                {"time":"2024-11-25T13:05:09.007Z","not_written":12}

                """)
    }
}
