/// Why a login was not started, or has not led anywhere.
package enum LoginRefusal: Sendable, Equatable {
    case pending
    case slowDown
    case expired
    case denied
    case appTooOld
    /// No account, or one that may not; it is not tried again.
    case noAccount
    /// Too many logins for one customer.
    case tooMany(retryAfter: Duration?)
    /// The store's settings or the system are at fault.
    case failed(code: String)
}

/// What came of asking a customer.
package enum LoginStart: Sendable, Equatable {
    case asked(request: Secret, life: Duration, interval: Duration)
    case refused(LoginRefusal)
}

/// How a login stands.
package enum LoginPoll: Sendable, Equatable {
    case agreed(token: Secret)
    case refused(LoginRefusal)
}
