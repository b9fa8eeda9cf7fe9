import ArgumentParser

struct SystemsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "systems", abstract: "The systems outside that the store works with.",
        subcommands: [SystemsListCommand.self, SystemsCheckCommand.self, SystemsAuthoriseCommand.self],
        defaultSubcommand: SystemsListCommand.self)
}
