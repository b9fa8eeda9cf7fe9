extension Status {
    /// The status for a reason. `message` is a sentence for people, without personal data.
    public init(_ reason: WireReason, _ message: String) {
        self.init(code: reason.code.rawValue, reason: reason.name, message: message)
    }

    /// The status a peer is given for bytes that break the rules.
    public init(_ error: WireError) {
        self.init(error.reason, error.message)
    }

    /// ``code`` by its name.
    public var statusCode: StatusCode { StatusCode(rawValue: code) }
}
