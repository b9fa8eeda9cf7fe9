import ArgumentParser
import CountertopClient

/// Whom a verb is about.
struct SubjectOptions: ParsableArguments {
    @Option(name: .long, help: "The customer's opaque id.")
    var id: String?

    @Option(name: .long, help: "The customer's phone number, however it is written.")
    var phone: String?

    @Option(name: .long, help: "The customer's e-mail address.")
    var email: String?

    @Option(name: .long, help: "The customer's card, or another code of his.")
    var code: String?

    func validate() throws {
        guard [id, phone, email, code].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Say who it is by one of --id, --phone, --email and --code.")
        }
        guard [id, phone, email, code].contains(where: { $0?.isEmpty == false }) else {
            throw ValidationError("What is to say who it is is empty. A shell's variable without a value may be why.")
        }
    }

    /// The customer's id.
    func customer(on edge: CountertopConnection) async throws -> String {
        if let id { return id }
        let resolution: Resolution
        if let code {
            resolution = try await edge.customers.resolve(code: code)
        } else {
            let identifier = Identifier(type: phone == nil ? .email : .phone, value: phone ?? email ?? "")
            resolution = try await edge.customers.resolve(identifier)
        }
        if let customer = resolution.customer { return customer.id }
        guard !resolution.candidates.isEmpty else {
            Terminal.complain("The local copy has nobody with it. Is the edge the right one, and its copy complete?")
            throw ExitCode.failure
        }
        Terminal.complain("Several customers have it. Say which one with --id:")
        for candidate in resolution.candidates { Terminal.complain("  \(candidate.id)  \(candidate.name)") }
        throw ExitCode.failure
    }
}
