/// A system whose owner lets the store in by agreeing in a browser (OAuth 2.0, RFC 6749, section 4.1).
package protocol Authorisable: Connector {
    /// Where the owner agrees; `nil` when the settings for it are missing.
    var authorisationAddress: String? { get }

    /// Takes what the browser came back with, has the token sent, and writes it where it is read.
    /// - Parameter answer: the whole address that the browser ended at.
    /// - Returns: what was done, in a sentence.
    /// - Throws: ``SystemsError``: what is wrong, and what to do.
    func authorise(answer: String) async throws(SystemsError) -> String
}
