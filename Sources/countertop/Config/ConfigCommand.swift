import ArgumentParser
import Edge

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The configuration of an edge.", subcommands: [ConfigCheckCommand.self])
}

struct ConfigCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read configuration files, and say with line and column what is wrong.",
        discussion: """
            It names every fault it finds, each with its place, up to \(ConfigurationReading.faultsMax) in a file. \
            What may come later, such as the file of a feed, is said too, and is no mistake: it ends with 1 only when an edge \
            would not start with a file, or not do all of it.

            Of several stores' files it also says where two companies share the account of a system, which no system of a \
            company of its own allows. It asks no system; "countertop systems check NAME" does.
            """)

    @Argument(help: "The files; without any, the store's.", completion: .file())
    var files: [String] = []

    @OptionGroup var store: ConfigurationOption

    func validate() throws {
        guard files.isEmpty || store.config == UnitPlaces.configuration else {
            throw ValidationError("Name the files either as arguments, or one by --config.")
        }
    }

    func run() async throws {
        var mistakes = 0
        var configurations: [(file: String, configuration: EdgeConfiguration)] = []
        for file in files.isEmpty ? [store.config] : files {
            let reading = ConfigurationReading(path: file)
            let check = ConfigurationCheck(reading, path: file)
            for line in check.lines { Terminal.line(line) }
            if check.isFaulty { mistakes += 1 }
            if let configuration = reading.configuration { configurations.append((file, configuration)) }
        }
        for words in SharedCredentials.find(configurations) {
            Terminal.line(words)
            mistakes += 1
        }
        if mistakes > 0 { throw ExitCode.failure }
    }
}
