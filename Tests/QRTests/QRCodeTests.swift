import Testing

@testable import QR

@Suite struct QRCodeTests {
    @Test("A code is square, has its three eyes, and a quiet zone of four modules in the terminal")
    func shape() throws {
        let code = try #require(QRCode("7ZK4M-9Q2XD-00000-11111-22222-33333-44444-55555"))
        #expect(code.rows.allSatisfy { $0.count == code.rows.count })
        let eye = [Bool](repeating: true, count: 7)
        #expect(Array(code.rows[0].prefix(7)) == eye)
        #expect(Array(code.rows[0].suffix(7)) == eye)
        #expect(Array(code.rows[code.rows.count - 1].prefix(7)) == eye)
        let width = code.rows.count + 8
        #expect(code.lines.allSatisfy { $0.count == width })
        #expect(code.lines.count == (width + 1) / 2)
        #expect(code.lines.prefix(2).allSatisfy { $0 == String(repeating: "█", count: width) })
    }

    @Test("A text that no code can hold gives none")
    func tooLong() {
        #expect(QRCode(String(repeating: "x", count: 5_000)) == nil)
    }
}
