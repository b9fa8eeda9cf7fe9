import ArgumentParser

extension Countertop {
    static func main() async { await launch() }

    /// Reads the arguments and runs the verb that they name. What a verb itself finds wrong with its arguments ends as what
    /// the parser finds: with that verb's usage.
    private nonisolated static func launch() async {
        let command: any ParsableCommand
        do {
            command = try await asyncParseAsRoot()
        } catch {
            exit(withError: error)
        }
        do {
            try await run(command)
        } catch {
            guard let mistake = error as? ValidationError else { exit(withError: CommandFailure.told(error)) }
            Terminal.complain("Error: \(mistake.message)")
            for line in usage(of: type(of: command)) { Terminal.complain(line) }
            exit(withError: ExitCode.validationFailure)
        }
    }

    private nonisolated static func run(_ command: any ParsableCommand) async throws {
        var command = command
        guard var waiting = command as? any AsyncParsableCommand else { return try command.run() }
        try await waiting.run()
    }

    /// How a verb is called, in lines, as the parser says it.
    private nonisolated static func usage(of verb: any ParsableCommand.Type) -> [String] {
        let lines = usageString(for: verb).split(separator: "\n")
        let words = words(to: verb, from: Countertop.self) ?? [_commandName]
        return lines.enumerated().map { ($0 == 0 ? "Usage: " : "       ") + $1 }
            + ["  See '\(words.joined(separator: " ")) --help' for more information."]
    }

    /// The words that name a verb, from the program's own on.
    private nonisolated static func words(
        to verb: any ParsableCommand.Type, from parent: any ParsableCommand.Type
    ) -> [String]? {
        guard parent != verb else { return [parent._commandName] }
        for child in parent.configuration.subcommands {
            if let words = words(to: verb, from: child) { return [parent._commandName] + words }
        }
        return nil
    }
}
