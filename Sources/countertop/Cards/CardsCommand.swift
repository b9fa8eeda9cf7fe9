import ArgumentParser

struct CardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards", abstract: "Show the customer cards that the store issues.",
        discussion: """
            Cards are issued by tills: see countertop call Cards/Issue. The edge shows their pages itself where cards.pages of \
            its configuration says so; "cards serve" shows them from another host.
            """,
        subcommands: [CardsServeCommand.self, CardsPreviewCommand.self])
}
