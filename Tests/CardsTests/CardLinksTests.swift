import Foundation
import Testing

@testable import Cards

@Suite struct CardLinksTests {
    private let links = CardLinks(base: "https://cards.example/", key: LinkKey(bytes: Array(0..<32)))
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("A link opens its card for seven days, and says afterwards that it has expired")
    func sevenDays() throws {
        let code = CardCode()
        let link = links.link(.page, to: code, now: now)
        #expect(link.hasPrefix("https://cards.example/c/"))
        #expect(link.utf8.count < 80)
        let token = String(try #require(link.split(separator: "/").last))
        let end = now.addingTimeInterval(7 * 86_400)
        #expect(links.read(token, now: now) == .good(code, until: end))
        #expect(links.read(token, now: end.addingTimeInterval(-1)) == .good(code, until: end))
        #expect(links.read(token, now: end) == .expired(at: end))
    }

    @Test("A token with any bit changed, cut or lengthened opens nothing")
    func forgery() throws {
        let token = links.token(for: CardCode(), until: now.addingTimeInterval(1_000))
        let letters = Array(token.utf8)
        for place in letters.indices {
            for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
            where other != letters[place] {
                var wrong = letters
                wrong[place] = other
                #expect(links.read(String(decoding: wrong, as: UTF8.self), now: now) == .foreign)
            }
        }
        for wrong in ["", String(token.dropLast()), token + "A", String(repeating: "A", count: 5_000), "%2e%2e"] {
            #expect(links.read(wrong, now: now) == .foreign)
        }
    }

    @Test("Another key's links open nothing, and a key is read back from its file as it was made")
    func keys() throws {
        let directory = try TemporaryDirectory()
        let made = try LinkKey.loadOrCreate(at: directory.file("links"))
        let read = try LinkKey.loadOrCreate(at: directory.file("links"))
        let token = CardLinks(base: "", key: made).token(for: CardCode(), until: now.addingTimeInterval(9))
        guard case .good = CardLinks(base: "", key: read).read(token, now: now) else {
            Issue.record("The key was read back as another one.")
            return
        }
        #expect(links.read(token, now: now) == .foreign)
        try Data("abc".utf8).write(to: URL(fileURLWithPath: directory.file("broken")))
        chmod(directory.file("broken"), 0o600)
        let error = #expect(throws: CardsError.self) { try LinkKey.loadOrCreate(at: directory.file("broken")) }
        #expect(error?.code == .settingsWrong)
    }
}
