import ArgumentParser

struct DebugCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug",
        abstract: "Find out what is plugged in and what it sends.",
        subcommands: [DebugListCommand.self, DebugWatchCommand.self])
}
