/// Asks a customer on the phone, and fetches what the customer lets be told (OpenID CIBA, or what serves as well).
package protocol PhoneLogin: Sendable {
    /// The least pause between asking the customer and the first look for an answer.
    var firstLook: Duration { get }
    /// Whether till and phone show the same word.
    var hasBinding: Bool { get }
    /// Whether it is asked first if the number has an account.
    var asksAccount: Bool { get }
    /// What a customer agrees to by enrolling; empty when the configuration says none.
    var consentText: String { get }

    /// Whether the number has an account.
    /// - Parameter phone: E.164.
    /// - Throws: ``SystemsError``.
    func hasAccount(_ phone: String) async throws(SystemsError) -> Bool

    /// Has the customer asked. It is never called twice for one enrolment: a second question would ring the phone twice.
    /// - Parameters:
    ///   - phone: E.164.
    ///   - binding: the word that the phone shows too; empty for none.
    /// - Throws: ``SystemsError``: `outcomeUnknown` when the customer may have been asked all the same.
    func start(_ phone: String, binding: String) async throws(SystemsError) -> LoginStart

    /// Asks whether the customer has answered.
    /// - Throws: ``SystemsError``.
    func poll(_ request: Secret) async throws(SystemsError) -> LoginPoll

    /// What the customer let be told.
    /// - Throws: ``SystemsError``.
    func profile(_ token: Secret) async throws(SystemsError) -> LoginProfile
}
