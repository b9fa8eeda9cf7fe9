import Foundation

/// Why a login was not started, or has not led anywhere: the errors of OpenID CIBA (core, sections 11 and 13), those of Vipps's
/// own, and what gateways in between say in other shapes.
package enum LoginRefusal: Sendable, Equatable {
    case pending
    case slowDown
    case expired
    case denied
    /// `old_app`.
    case appTooOld
    /// `invalid_user`: no account, or one that may not; it is not tried again.
    case noAccount
    /// Too many logins for one customer.
    case tooMany(retryAfter: Duration?)
    /// The store's settings or the system are at fault.
    case failed(code: String)

    init(_ reply: SystemReply, now: Date) {
        let code = reply.refusalCode ?? ""
        if reply.status == 429 {
            self = .tooMany(retryAfter: HTTPAnswer.pause(reply.headers["retry-after"] ?? "", now: now))
            return
        }
        switch code {
        case "authorization_pending": self = .pending
        case "slow_down": self = .slowDown
        case "expired_token": self = .expired
        case "access_denied": self = .denied
        case "old_app": self = .appTooOld
        case "invalid_user", "unknown_user_id": self = .noAccount
        default: self = .failed(code: code.isEmpty ? "status \(reply.status)" : code)
        }
    }
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

    init(refusal: LoginRefusal) { self = .refused(refusal) }
}
