import ArgumentParser
import CountertopClient

struct CustomersReadmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readmit", abstract: "Take somebody who was erased as a customer again, because he wishes it.",
        discussion: """
            Whoever was erased on request stays away, though a source still gives him, until the source says itself that he was \
            changed later. Where it does not say when customers were changed, this lets the next record of him in. With --feed and \
            --key the feed is read from the front, each time this is run; with --id no feed is read, and he comes with the next \
            record of him. The audit log notes who did it.
            """)

    @Option(name: .long, help: "The feed that has him, by its name in the configuration.")
    var feed: String?

    @Option(name: .long, help: "The key by which the feed's system knows him.")
    var key: String?

    @Option(name: .long, help: "His opaque id, as the audit log has it, instead of feed and key.")
    var id: String?

    @Flag(name: .long, help: "Print the answer as JSON.")
    var json = false

    @OptionGroup var options: EdgeOptions

    func validate() throws {
        guard (feed == nil) == (key == nil), (feed == nil) != (id == nil) else {
            throw ValidationError("Say who it is by --feed and --key, or by --id.")
        }
    }

    func run() async throws {
        let request = ReadmitCustomerRequest(customer: id ?? "", feed: feed ?? "", key: key ?? "")
        let answer = try await options.withEdge { edge in try await edge.privacy.readmit(request) }
        guard !json else { return try Terminal.json(answer) }
        guard answer.found || answer.reading else {
            Terminal.complain(
                "Nobody by that name was erased here. Is the key the feed's own, and the edge the right one?")
            throw ExitCode.failure
        }
        guard answer.found else {
            return Terminal.line(
                "nobody by that name was erased here, or he is readmitted already: the feed is read from the front now")
        }
        Terminal.line(
            answer.reading
                ? "readmitted: the feed is read from the front now"
                : "readmitted: he is a customer again with the next record of him that a feed gives")
    }
}
