/// The bearer token of a change feed, in a file of its own.
enum HTTPToken {
    /// - Throws: ``SystemsError`` `refused`: the file is not there, others may read it, or it holds no token. What it holds
    ///   is in no message.
    static func read(at path: String) throws(SystemsError) -> String {
        let token = try CredentialFiles().read(path).text
        // RFC 6750, section 2.1.
        guard token.wholeMatch(of: /[A-Za-z0-9\-._~+\/]+=*/) != nil else {
            throw SystemsError(.refused, "The token file \(path) holds no token. Write it there as it was given.")
        }
        return token
    }
}
