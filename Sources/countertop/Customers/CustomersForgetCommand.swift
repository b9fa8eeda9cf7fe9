import ArgumentParser
import CountertopClient

struct CustomersForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Take everybody out of the local copy whom a source brought that nothing runs any more.",
        discussion: """
            For customers who were imported once and are not to stay (the source "import"), and for those of a feed that the \
            configuration names no more. "countertop customers feeds" lists the sources. What the store keeps of these customers, \
            such as their scans and cards, goes as it does when a feed takes somebody out; who comes from another source as well \
            stays as that source's. Unlike after "erase", whoever is imported again is a customer again.
            """)

    /// Very many customers take their time.
    private static let deadline: Duration = .seconds(1_800)

    @Argument(help: "The source, as \"countertop customers feeds\" names it.")
    var source: String

    @Flag(name: .long, help: "Do it without asking.")
    var yes = false

    @OptionGroup var options: EdgeOptions

    func run() async throws {
        let count = try await options.withEdge { edge in
            // Of what is refused anyway nobody is asked for a yes.
            if try await edge.feeds.list().contains(where: { $0.name == source && $0.canBeForgotten }) {
                try await Terminal.confirm("Take all customers of \(source) out of the local copy?", isAgreed: yes)
            }
            return try await edge.feeds.forget(source, deadline: Self.deadline)
        }
        Terminal.line(
            "\(count.grouped) \(count == 1 ? "customer was" : "customers were") taken out, and \(source) is forgotten")
    }
}

extension Feed {
    /// Whether it is an import, the sample store, or one that the configuration names no more.
    fileprivate var canBeForgotten: Bool { state == .off && ["import", "sample", ""].contains(kind) }
}
