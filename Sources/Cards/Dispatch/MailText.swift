import Foundation

/// An e-mail as it goes over the wire (RFC 5322), its text in UTF-8 packed as base 64 (RFC 2045, section 6.8).
struct MailText {
    let bytes: [UInt8]

    init(_ message: CardMessage, sender: String, store: String, now: Date) {
        let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        let lines = [
            "Date: \(Self.date(now))",
            "From: \(Self.word(store)) <\(sender)>",
            "To: <\(message.address)>",
            "Subject: \(Self.word(message.subject))",
            "Message-ID: <\(message.reference)@\(domain)>",
            // Nobody's holiday note is an answer to a card (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            Self.base64(message.text),
            "",
        ]
        bytes = Array(lines.joined(separator: "\r\n").utf8)
    }

    /// An encoded word (RFC 2047), in pieces of at most 75 characters, unless the text is plain letters.
    static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x20
        }
        if isPlain, !text.isEmpty, text.utf8.count <= 60 { return text }
        var pieces: [String] = []
        var piece = ""
        for character in text {
            if piece.utf8.count + String(character).utf8.count > 42 {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        pieces.append(piece)
        return pieces.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func base64(_ text: String) -> String {
        let normal = text.replacing("\n", with: "\r\n")
        return Data(normal.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
    }

    /// RFC 5322, section 3.3.
    private static func date(_ date: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss +0000"
        return format.string(from: date)
    }
}
