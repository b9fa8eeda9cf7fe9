package import Foundation
import Synchronization

/// What the host of card pages answers to an address. It knows no socket.
package struct CardSite: Sendable {
    /// An answer to one request.
    package struct Answer: Sendable {
        package let status: Int
        package let contentType: String
        package let headers: [(String, String)]
        package let body: [UInt8]
    }

    /// Counts the documents that are made in a second.
    private final class Pace: Sendable {
        private let state = Mutex((second: Int64(0), made: 0))

        func takes(now: Date) -> Bool {
            let second = Int64(now.timeIntervalSince1970)
            return state.withLock { state in
                if state.second != second { state = (second, 0) }
                state.made += 1
                return state.made <= CardsLimits.pagesPerSecond
            }
        }
    }

    private let documents: CardDocuments
    private let page: CardPage
    private let isGood: @Sendable (CardCode) -> Bool
    private let pace = Pace()

    /// - Parameter isGood: whether a card is still good. A host that knows no cards says that each is: whoever scans one in a
    ///   store learns it there.
    package init(_ documents: CardDocuments, isGood: @escaping @Sendable (CardCode) -> Bool = { _ in true }) {
        self.documents = documents
        self.isGood = isGood
        page = CardPage(documents)
    }

    /// - Parameter path: as the request has it: `/c/TOKEN`, `/p/TOKEN` or `/w/TOKEN`.
    package func answer(to path: String, now: Date) -> Answer {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, let kind = CardLinks.Kind(rawValue: String(parts[1])) else {
            return html(404, page.refusal(\.unknown))
        }
        let token = String(parts[2])
        switch documents.links.read(token, now: now) {
        case .foreign: return html(404, page.refusal(\.unknown))
        case .expired: return html(410, page.refusal(\.expired))
        case .good(let code, let until):
            guard isGood(code) else { return html(410, page.refusal(\.gone)) }
            guard pace.takes(now: now) else {
                return Answer(
                    status: 429, contentType: "text/plain; charset=utf-8", headers: [("Retry-After", "2")],
                    body: Array("Too many cards are asked for. Open the link again.\n".utf8))
            }
            do throws(CardsError) {
                return try document(kind, code, token: token, until: until, now: now)
            } catch {
                return Answer(
                    status: 500, contentType: "text/plain; charset=utf-8", headers: [],
                    body: Array("\(error.message)\n".utf8))
            }
        }
    }

    private func document(
        _ kind: CardLinks.Kind, _ code: CardCode, token: String, until: Date, now: Date
    ) throws(CardsError) -> Answer {
        switch kind {
        case .page: return html(200, try page.card(code, token: token, until: until, now: now))
        case .pdf:
            return Answer(
                status: 200, contentType: "application/pdf",
                headers: [("Content-Disposition", "inline; filename=\"card.pdf\"")], body: try documents.pdf(code))
        case .pass:
            guard let apple = documents.apple else { return html(404, page.refusal(\.unknown)) }
            return Answer(
                status: 200, contentType: ApplePass.contentType,
                headers: [("Content-Disposition", "attachment; filename=\"card.pkpass\"")],
                body: try apple.make(documents.face(code), now: now))
        }
    }

    private func html(_ status: Int, _ text: String) -> Answer {
        Answer(status: status, contentType: "text/html; charset=utf-8", headers: [], body: Array(text.utf8))
    }
}
