/// Where an HTTP change feed is, and who may read it.
package struct HTTPPlace: Sendable, Equatable {
    /// The address, `https:`, or `http:` on loopback.
    package var url: String
    /// The file that holds the bearer token, read anew for each request; `nil` for none.
    package var tokenPath: String?

    package init(url: String, tokenPath: String? = nil) {
        self.url = url
        self.tokenPath = tokenPath
    }
}
