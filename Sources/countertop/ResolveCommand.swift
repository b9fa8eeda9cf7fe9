import ArgumentParser
import CountertopClient

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Ask the edge whose code, phone, e-mail or card this is.",
        discussion:
            "It prints personal data: mind who looks over your shoulder. It ends with status 1 unless the code is one customer's or a product's."
    )

    @Argument(help: "The code, as scanned or typed.")
    var code: String

    @OptionGroup var options: EdgeOptions

    func validate() throws {
        guard !code.isEmpty else { throw ValidationError("The code is empty. Give it as it is scanned or typed.") }
    }

    func run() async throws {
        let resolution = try await options.withEdge { try await $0.customers.resolve(code: code) }
        for line in ResolutionText(resolution).lines { Terminal.line(line) }
        if resolution.kind != .customer, resolution.kind != .product { throw ExitCode(1) }
    }
}
