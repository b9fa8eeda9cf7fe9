import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import Cards

@Suite struct CardHostTests {
    private struct Got {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let links = CardLinks(base: "https://cards.example", key: LinkKey(bytes: Array(0..<32)), zone: .gmt)

    private func withHost(
        good: CardCode? = nil,
        _ body: ((String, HTTPMethod) async throws -> Got) async throws -> Void
    ) async throws {
        let documents = CardDocuments(
            store: "Blåbær <&> Sønn", language: .named("nb"), links: links, zone: .gmt,
            apple: ApplePass(try PassKit().identity))
        let group = MultiThreadedEventLoopGroup.singleton
        let host = try await CardHost.bind(
            host: "127.0.0.1", port: 0, site: CardSite(documents) { good == nil || $0 == good }, on: group)
        let ask = { (path: String, method: HTTPMethod) async throws -> Got in
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(host.port)\(path)")
            request.method = method
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            let bytes = try await response.body.collect(upTo: 1 << 20)
            return Got(
                status: Int(response.status.code), headers: response.headers, body: Array(bytes.readableBytesView))
        }
        try await body(ask)
        await host.close()
    }

    private func token(_ code: CardCode, days: Double = 7) -> String {
        links.token(for: code, until: Date().addingTimeInterval(days * 86_400))
    }

    @Test("The page, the paper and the pass of a card are there, and nobody keeps them")
    func documents() async throws {
        let code = CardCode()
        try await withHost { ask in
            let token = self.token(code)
            let page = try await ask("/c/\(token)", .GET)
            #expect(page.status == 200)
            #expect(page.text.contains("Blåbær &lt;&amp;&gt; Sønn"))
            #expect(page.text.contains("<svg") && page.text.contains("/w/\(token)"))
            #expect(!page.text.contains("<script"))
            #expect(page.headers.first(name: "cache-control") == "no-store")
            #expect(page.headers.first(name: "content-security-policy")?.contains("default-src 'none'") == true)
            let pdf = try await ask("/p/\(token)", .GET)
            #expect(pdf.status == 200 && pdf.body.starts(with: Array("%PDF-".utf8)))
            #expect(pdf.headers.first(name: "content-type") == "application/pdf")
            let pass = try await ask("/w/\(token)", .GET)
            #expect(pass.status == 200 && pass.body.starts(with: Array("PK".utf8)))
            #expect(pass.headers.first(name: "content-type") == "application/vnd.apple.pkpass")
            let head = try await ask("/c/\(token)", .HEAD)
            #expect(head.status == 200 && head.body.isEmpty)
        }
    }

    @Test("A link after its time, a card that ended and a made-up address say so, and show no card")
    func refusals() async throws {
        let (good, ended) = (CardCode(), CardCode())
        try await withHost(good: good) { ask in
            let expired = try await ask("/c/\(token(good, days: -0.001))", .GET)
            #expect(expired.status == 410 && expired.text.contains("utløpt"))
            let gone = try await ask("/c/\(token(ended))", .GET)
            #expect(gone.status == 410 && gone.text.contains("gjelder ikke lenger"))
            for path in [
                "/", "/c/", "/c/abc", "/x/\(token(good))", "/c/\(token(good))/", "/c/../../etc/passwd", "/c/%00",
            ] {
                let got = try await ask(path, .GET)
                #expect(got.status == 404 && !got.text.contains("<svg"), "\(path)")
            }
            #expect(try await ask("/c/\(token(good))", .POST).status == 405)
        }
    }

    @Test("Whoever asks for too many cards in a second is asked to come later")
    func pace() async throws {
        let documents = CardDocuments(store: "Store", language: .english, links: links, zone: .gmt)
        let site = CardSite(documents)
        let (code, now) = (CardCode(), Date(timeIntervalSince1970: 1_800_000_000))
        let token = links.token(for: code, until: now.addingTimeInterval(60))
        let statuses = (0...CardsLimits.pagesPerSecond).map { _ in site.answer(to: "/c/\(token)", now: now).status }
        #expect(statuses.dropLast().allSatisfy { $0 == 200 })
        #expect(statuses.last == 429)
        #expect(site.answer(to: "/c/\(token)", now: now.addingTimeInterval(1)).status == 200)
    }
}
