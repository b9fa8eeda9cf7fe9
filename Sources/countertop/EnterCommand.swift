import ArgumentParser
import CountertopClient

struct EnterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enter",
        abstract: "Type a code into a lane, exactly as a scan of it.",
        discussion: "It prints the number the scan got, once it is on the disk. Whoever watches the lane sees the rest."
    )

    @Argument(help: "The lane.")
    var lane: String

    @Argument(help: "The code.")
    var code: String

    @OptionGroup var options: EdgeOptions

    func validate() throws {
        guard !code.isEmpty else { throw ValidationError("The code is empty. Give it as it is scanned or typed.") }
    }

    func run() async throws {
        let position = try await options.withEdge { try await $0.lanes.enter(lane: lane, code: code) }
        Terminal.write("scan #\(position.sequence) of lane \(lane)\n")
    }
}
