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
            What may come later, such as the file of a feed, is said too, and is no mistake: it ends with 1 only when an edge \
            would not start with a file, or not do all of it.

            Of several stores' files it also says where two companies share the account of a system, which no system of a \
            company of its own allows. It asks no system; "countertop systems check NAME" does.
            """)

    @Argument(help: "The files.")
    var files = ["/etc/countertop/countertop.yaml"]

    func run() async throws {
        var mistakes = 0
        var configurations: [(file: String, configuration: EdgeConfiguration)] = []
        for file in files {
            do {
                let configuration = try EdgeConfiguration.read(path: file)
                let check = ConfigurationCheck(configuration, path: file)
                for line in check.lines { print(line) }
                if check.isFaulty { mistakes += 1 }
                configurations.append((file, configuration))
            } catch let error as EdgeError {
                print(error)
                mistakes += 1
            }
        }
        for words in SharedCredentials.find(configurations) {
            print(words)
            mistakes += 1
        }
        if mistakes > 0 { throw ExitCode.failure }
    }
}
