/// What a system answered.
package struct SystemReply: Sendable {
    package let status: Int
    /// Lower-case names.
    package let headers: [String: String]
    package let body: [UInt8]
    /// The system's name, for messages.
    let system: String

    /// The body as JSON.
    /// - Throws: ``SystemsError`` `broken`.
    func json() throws(SystemsError) -> JSONNode {
        do throws(JSONFault) {
            return try JSONLineParser.parse(body[...], valuesMax: SystemCallLimits.jsonValuesMax)
        } catch {
            throw broken("It is no JSON.")
        }
    }

    /// What is wrong with the answer, which is taken by nobody.
    package func broken(_ what: String) -> SystemsError {
        SystemsError(
            .broken, "\(system) answered with something else than was asked for, and nothing of it was taken. \(what)",
            cause: "status \(status)")
    }

    /// The system's own word for why it refuses, where it gives one that is a code and no sentence: RFC 7807's type and title,
    /// OAuth's error, and the shapes seen beside them. A sentence may name a person, and is shown to nobody.
    package var refusalCode: String? { RefusalCode.find(in: body) }
}
