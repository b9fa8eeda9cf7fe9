import Foundation

/// The errors of OpenID CIBA (core, sections 11 and 13), those of Vipps's own, and what gateways in between say in other shapes.
extension LoginRefusal {
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
