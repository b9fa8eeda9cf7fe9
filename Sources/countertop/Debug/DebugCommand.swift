import ArgumentParser

struct DebugCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug",
        abstract: "Find out what is plugged in and what it sends.",
        subcommands: [
            DebugListCommand.self, DebugExplainCommand.self, DebugWatchCommand.self, DebugTestCommand.self,
            DebugDescriptorCommand.self, DebugRecordCommand.self, DebugReplayCommand.self,
        ])
}
