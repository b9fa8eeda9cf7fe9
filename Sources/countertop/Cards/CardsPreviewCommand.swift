import ArgumentParser
import Cards
import Foundation

struct CardsPreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Make a card that is nobody's, to see what customers get.",
        discussion: """
            It prints the links that would be sent, and with --output writes the page, the PDF and the pass as files. The \
            card scans nowhere.
            """)

    @OptionGroup var store: ConfigurationOption

    @Option(name: .long, help: "The folder to write card.html, card.pdf and, with cards.apple, card.pkpass into.")
    var output: String?

    func run() async throws {
        let documents = try CardsCommand.documents(store)
        let (code, now) = (CardCode(), Date())
        let kinds: [CardLinks.Kind] = documents.apple == nil ? [.page, .pdf] : [.page, .pdf, .pass]
        for kind in kinds { Terminal.line(documents.links.link(kind, to: code, now: now)) }
        guard let output else { return }
        let folder = URL(fileURLWithPath: output, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let site = CardSite(documents)
        for (kind, name) in zip(kinds, ["card.html", "card.pdf", "card.pkpass"]) {
            let link = documents.links.link(kind, to: code, now: now)
            let path = link.dropFirst(documents.links.base.count)
            let answer = site.answer(to: String(path), now: now)
            guard answer.status == 200 else {
                throw CommandFailure(String(decoding: answer.body, as: UTF8.self))
            }
            try Data(answer.body).write(to: folder.appending(path: name))
        }
    }
}
