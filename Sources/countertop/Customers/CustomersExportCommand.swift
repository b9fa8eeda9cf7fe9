import ArgumentParser
import CountertopClient

struct CustomersExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print everything the edge keeps about a customer, as JSON.",
        discussion: """
            For a person who asks what the store keeps about them. It holds the record of the local copy, uses of benefits, what \
            is on its way to systems outside, scans of the customer's codes, cards, and enrolments with what was agreed to. \
            What those systems keep is theirs to say.
            """)

    @OptionGroup var subject: SubjectOptions
    @OptionGroup var options: EdgeOptions

    func run() async throws {
        let answer = try await options.withEdge { edge in
            try await edge.privacy.export(customer: try await subject.customer(on: edge))
        }
        try Terminal.json(answer)
    }
}
