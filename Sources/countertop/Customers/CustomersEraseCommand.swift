import ArgumentParser
import CountertopClient

struct CustomersEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Remove a customer from everything the edge keeps, for good.",
        discussion: """
            The local copy, the scans, the uses of benefits, the outbox, the store's own cards, the enrolments and the lanes \
            forget the customer; a record of a feed counts again only when it is newer. \
            The system that the customer comes from is told through the outbox where it takes that; otherwise \
            erase the customer there as well.
            """)

    @Flag(name: .long, help: "Do it without asking.")
    var yes = false

    @Flag(name: .long, help: "Print the answer as JSON.")
    var json = false

    @OptionGroup var subject: SubjectOptions
    @OptionGroup var options: EdgeOptions

    func run() async throws {
        let answer = try await options.withEdge { edge in
            let customer = try await subject.customer(on: edge)
            try await Terminal.confirm("Erase customer \(customer) for good?", isAgreed: yes)
            return try await edge.privacy.erase(customer: customer)
        }
        guard !json else { return try Terminal.json(answer) }
        Terminal.line(
            answer.found
                ? "erased: the record, \(answer.scans) scans, \(answer.entries) entries of the outbox"
                : "the local copy has no such customer; \(answer.entries) entries of the outbox were dropped")
        Terminal.line(
            answer.told.isEmpty
                ? "no system was told: erase the customer where he comes from as well" : "told: \(answer.told)")
        if !answer.scrubbed {
            Terminal.complain(
                "A reader held a file's log, which still holds the customer, sealed. Do it again in a minute.")
            throw ExitCode.failure
        }
    }
}
