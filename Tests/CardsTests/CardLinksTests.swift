import Foundation
import Testing

@testable import Cards

@Suite struct CardLinksTests {
    private let links = CardLinks(base: "https://cards.example/", key: LinkKey(bytes: Array(0..<32)), zone: .gmt)
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

    private static let oslo = TimeZone(identifier: "Europe/Oslo")

    @Test(
        "The days of a link are the store clock's: an hour that is put forward or back in between moves no end",
        arguments: [
            ("2027-03-24T11:00:00Z", "2027-03-31T10:00:00Z"), ("2026-10-20T10:00:00Z", "2026-10-27T11:00:00Z"),
            // The last day has no half past two; another one has it twice.
            ("2027-03-21T01:30:00Z", "2027-03-28T01:00:00Z"), ("2026-10-18T00:30:00Z", "2026-10-25T00:30:00Z"),
        ])
    func movedHour(_ begin: String, _ end: String) throws {
        let links = CardLinks(base: "", key: LinkKey(bytes: Array(0..<32)), zone: try #require(Self.oslo))
        let code = CardCode()
        let (begin, end) = (try Date(begin, strategy: .iso8601), try Date(end, strategy: .iso8601))
        let token = String(try #require(links.link(.page, to: code, now: begin).split(separator: "/").last))
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
        let token = CardLinks(base: "", key: made, zone: .gmt).token(for: CardCode(), until: now.addingTimeInterval(9))
        guard case .good = CardLinks(base: "", key: read, zone: .gmt).read(token, now: now) else {
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
