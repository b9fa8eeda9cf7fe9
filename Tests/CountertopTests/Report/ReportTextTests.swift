import Foundation
import Testing

@testable import countertop

@Suite("Text for others to read")
struct ReportTextTests {
    @Test(
        "What may be somebody's or secret is left out",
        arguments: [
            "kari.nordas@example.no", "+47 990 00 001", "99000001", "4111 1111 1111 1111",
            "countertop-key 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----",
            "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH",
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9eyJzdWIiOiIxMjM0",
        ])
    func secrets(secret: String) {
        let text = ReportText.blanked("before \(secret) after")
        #expect(!text.contains(secret) && text.hasPrefix("before ") && text.hasSuffix(" after"), "\(text)")
    }

    @Test("In JSON the texts are blanked, and numbers and its shape stay")
    func json() throws {
        let json = """
            [{"message": "Call +47 990 00 001", "name": "99000001", "beganAtUnixMs": "1796027328586", "rows": 12345678,
            "list": [{"failure": "kari@example.no was refused"}], "complete": true}]
            """
        let text = String(decoding: try ReportText.blanked(json: Data(json.utf8)), as: UTF8.self)
        for secret in ["990 00 001", "99000001", "kari@"] { #expect(!text.contains(secret), "\(secret)") }
        let kept = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(kept[0]["beganAtUnixMs"] as? String == "1796027328586")
        #expect(kept[0]["rows"] as? Int == 12_345_678 && kept[0]["complete"] as? Bool == true)
    }

    @Test("What support needs stays: times, paths, ids of devices, addresses")
    func kept() {
        let line =
            "2026-11-29T14:21:01.123456+0000 notice device=1-4.2 id=05e0:1200 /var/lib/countertop/journal.db 127.0.0.1:7433"
        #expect(ReportText.blanked(line) == line)
    }
}
