import ArgumentParser
import Edge

@main
struct Countertop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countertop",
        abstract: "Recognises the customers of a store at its tills.",
        discussion: """
            Scanners and customer displays are plugged into this machine; tills connect to it. \
            Begin with "countertop try", which needs nothing.
            """,
        version: Edge.version,
        subcommands: [
            RunCommand.self, TryCommand.self, WatchCommand.self, EnterCommand.self, ResolveCommand.self,
            PairCommand.self, JoinCommand.self, TillsCommand.self, DiscoverCommand.self, CustomersCommand.self,
            CardsCommand.self, OutboxCommand.self, SystemsCommand.self, ConfigCommand.self, CallCommand.self,
            StatusCommand.self, DoctorCommand.self, BackupCommand.self, RestoreCommand.self, ReportCommand.self,
            KeyCommand.self, SchemasCommand.self, DebugCommand.self, GiveBackCommand.self, RulesCommand.self,
        ])
}
