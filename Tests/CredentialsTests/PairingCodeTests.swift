import Testing

@testable import Credentials

@Suite struct PairingCodeTests {
    private let code = PairingCode(
        edge: KeyFingerprint(publicKey: Array("an edge's key".utf8)), secret: [1, 2, 3, 4, 5, 6, 7, 255])

    @Test("A code is 40 characters in eight groups, and reads back")
    func readsBack() throws {
        #expect(code.text.split(separator: "-").map(\.count) == [5, 5, 5, 5, 5, 5, 5, 5])
        #expect(try PairingCode(text: code.text) == code)
    }

    @Test("Two codes of one edge have different secrets")
    func secrets() {
        let codes = (0..<64).map { _ in PairingCode(edge: code.edge) }
        #expect(Set(codes.map(\.secret)).count == codes.count)
    }

    @Test("However a code is typed, it is the same code")
    func tolerance() throws {
        let text = code.text
        let typed = [
            text.lowercased(), text.replacing("-", with: ""), text.replacing("-", with: " "), " \(text) ",
            text.map { "\($0) " }.joined(), text.replacing("0", with: "o"), text.replacing("0", with: "O"),
            text.replacing("1", with: "i"), text.replacing("1", with: "I"), text.replacing("1", with: "L"),
            text.replacing("1", with: "l"),
        ]
        for words in typed where words.utf8.count <= CredentialsLimits.codeBytesMax {
            #expect(try PairingCode(text: words) == code, "\(words)")
        }
    }

    @Test("Every single wrong character but one in 256 is told before it costs an attempt, and none is another edge's")
    func typingMistakes() {
        var random = RandomSource(seed: 7)
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var (wrong, told) = (0, 0)
        for _ in 0..<200 {
            let code = PairingCode(edge: code.edge)
            var text = Array(code.text)
            for place in text.indices where text[place] != "-" {
                let before = text[place]
                let other = alphabet.filter { $0 != before }.randomElement(using: &random) ?? "0"
                text[place] = other
                wrong += 1
                if (try? PairingCode(text: String(text))) == nil { told += 1 }
                text[place] = before
            }
        }
        #expect(Double(told) / Double(wrong) > 0.99, "\(told) of \(wrong), seed 7")
    }

    @Test("Text that is no code is refused, whatever it is, and reads the same however it is split with spaces")
    func fuzz() {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomSource(seed: seed)
        let characters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZilouILOU -_\u{e9}\u{0}\n")
        for _ in 0..<4_000 {
            let isNearCode = Bool.random(using: &random)
            var text = isNearCode ? Array(code.text) : []
            for _ in 0..<Int.random(in: 0...(isNearCode ? 2 : 60), using: &random) {
                let place = Int.random(in: 0...text.count, using: &random)
                let character = characters.randomElement(using: &random) ?? "0"
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text.insert(character, at: place)
                case 1 where place < text.count: text.remove(at: place)
                default: if place < text.count { text[place] = character }
                }
            }
            let whole = try? PairingCode(text: String(text))
            if let whole { #expect((try? PairingCode(text: whole.text)) == whole, "seed \(seed)") }
            let split = Int.random(in: 0...text.count, using: &random)
            let parts = String(text[..<split]) + " " + String(text[split...])
            if parts.utf8.count <= CredentialsLimits.codeBytesMax {
                #expect((try? PairingCode(text: parts)) == whole, "seed \(seed)")
            }
        }
    }

    @Test("Text longer than any code is not looked at", arguments: [129, 100_000])
    func length(_ count: Int) {
        let error = #expect(throws: CredentialsError.self) {
            try PairingCode(text: code.text + String(repeating: " ", count: count - code.text.utf8.count))
        }
        #expect(error?.code == .codeMalformed)
    }
}
