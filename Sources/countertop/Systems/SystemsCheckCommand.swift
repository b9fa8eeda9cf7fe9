import ArgumentParser
import CountertopClient

struct SystemsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Try a system's credentials, and say what is wrong.",
        discussion: "It ends with 0 when the system takes them, and with 1 when it does not.")

    @Argument(help: "The system's name in the configuration.")
    var name: String

    @OptionGroup var options: EdgeOptions

    func run() async throws {
        let answer = try await options.withEdge { try await $0.systems.check(name) }
        Terminal.line(answer.message)
        if !answer.ok { throw ExitCode.failure }
    }
}
