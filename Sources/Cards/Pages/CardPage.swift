import Crypto
package import Foundation
import QR

/// The page that shows a card on a phone. It needs no script and loads nothing.
package struct CardPage: Sendable {
    private let documents: CardDocuments

    package init(_ documents: CardDocuments) {
        self.documents = documents
    }

    /// The header fields of every answer. A link is as good as the card, so nobody keeps or passes on what it shows.
    package static let headers: [(String, String)] = [
        ("Cache-Control", "no-store"),
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src '\(styleDigest)'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
        ),
        ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"), ("X-Robots-Tag", "noindex"),
    ]

    /// The card.
    /// - Parameter token: of the link that was opened.
    /// - Throws: ``CardsError`` `documentFailed`.
    package func card(_ code: CardCode, token: String, until: Date, now: Date) throws(CardsError) -> String {
        let (words, face) = (documents.language, documents.face(code))
        guard let drawn = QRCode(code.text) else {
            throw CardsError(.documentFailed, "The card's QR code cannot be drawn. There is too little memory.")
        }
        var buttons: [String] = []
        if documents.apple != nil { buttons.append(Self.button("/w/\(token)", words.addToApple)) }
        if let google = documents.google {
            buttons.append(Self.button(try google.link(face, now: now), words.addToGoogle))
        }
        buttons.append(Self.button("/p/\(token)", words.openPDF))
        let valid = words.validUntil.replacing("{date}", with: Self.date(until, words.code, documents.zone))
        return page(
            """
            <main><h1>\(Self.escaped(documents.store))</h1><p class="title">\(words.title)</p>
            <div class="code">\(Self.svg(drawn))<p class="digits">\(face.spelledCode)</p></div>
            <p>\(words.hint) \(words.brightness)</p>
            <nav>\(buttons.joined())</nav>
            <p class="small">\(valid)</p></main>
            """)
    }

    /// A link whose time is over, a card that is not good any more, or an address that is none.
    package func refusal(_ text: KeyPath<CardLanguage, String>) -> String {
        page("<main><h1>\(Self.escaped(documents.store))</h1><p>\(documents.language[keyPath: text])</p></main>")
    }

    private func page(_ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="\(documents.language.code)"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(documents.language.title), \(Self.escaped(documents.store))</title>
        <style>\(Self.style)</style></head>
        <body>\(body)</body></html>

        """
    }

    /// The code as drawn: a path over a white ground, with its quiet zone of four modules, whatever the page's colours are.
    private static func svg(_ code: QRCode) -> String {
        let width = code.rows.count + 8
        var path = ""
        for (row, modules) in code.rows.enumerated() {
            for (column, isDark) in modules.enumerated() where isDark { path += "M\(column + 4) \(row + 4)h1v1h-1z" }
        }
        return "<svg viewBox=\"0 0 \(width) \(width)\" role=\"img\" shape-rendering=\"crispEdges\">"
            + "<rect width=\"\(width)\" height=\"\(width)\" fill=\"#fff\"/><path d=\"\(path)\" fill=\"#000\"/></svg>"
    }

    private static func button(_ link: String, _ text: String) -> String {
        "<a rel=\"noreferrer\" href=\"\(escaped(link))\">\(text)</a>"
    }

    private static func date(_ date: Date, _ language: String, _ zone: TimeZone) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: language)
        format.timeZone = zone
        format.dateStyle = .long
        format.timeStyle = .none
        return escaped(format.string(from: date))
    }

    /// A text between tags or in an attribute (HTML, section 13.2.5).
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }

    private static let styleDigest =
        "sha256-\(Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString())"

    private static let style = """
        *{box-sizing:border-box}body{margin:0;font:17px/1.45 system-ui,sans-serif;background:#1f6fb2;color:#1b2733}\
        main{max-width:24rem;margin:0 auto;min-height:100vh;padding:1.25rem;background:#fff;text-align:center}\
        h1{margin:.4rem 0 0;font-size:1.5rem;overflow-wrap:anywhere}.title{margin:.1rem 0 1rem;color:#51606f}\
        .code{padding:.5rem;border:1px solid #d5dce3;border-radius:12px}svg{display:block;width:100%;height:auto}\
        .digits{margin:.2rem 0 .5rem;font:.8rem/1.3 ui-monospace,monospace;overflow-wrap:anywhere}\
        nav a{display:block;margin:.6rem 0;padding:.8rem;border-radius:10px;background:#1b2733;color:#fff;\
        text-decoration:none}nav a:last-child{background:#fff;color:#1b2733;border:1px solid #1b2733}\
        .small{color:#51606f;font-size:.85rem}
        """
}
