import ArgumentParser
import Edge

struct SystemsAuthoriseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorise",
        abstract: "Let the store into a system whose owner agrees in a browser (OAuth).",
        discussion: """
            It shows the address at which the account's owner agrees. The browser ends at the application's own address, which \
            need not answer; that whole address, with the code in it, is given to this command, which has the token sent and \
            writes it into the token's file. An edge that runs uses it from then on.
            """)

    @Argument(help: "The system's name in the configuration.")
    var name: String

    @OptionGroup var store: ConfigurationOption

    @Option(name: .long, help: "The whole address at which the browser ended. Without it, it is asked for.")
    var answer: String?

    func run() async throws {
        let authorisation = try SystemAuthorisation(try store.read(), system: name)
        var answer = answer
        if answer == nil {
            Terminal.line("Open this address in a browser, log in as the account's owner, and agree:")
            Terminal.line(authorisation.address)
            Terminal.line("Then paste here the whole address at which the browser ended:")
            answer = readLine()
        }
        guard let answer, !answer.isEmpty else {
            throw ValidationError("No address was given, and nothing was changed.")
        }
        Terminal.line(try await authorisation.take(answer))
    }
}
