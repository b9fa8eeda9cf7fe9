import Foundation
import Pairing
import Wire

extension Wire.Till {
    init(_ till: Pairing.Till) {
        var isBrowser = false
        if case .browserKey = till.credential { isBrowser = true }
        self.init(
            id: till.id, name: till.name, lane: till.lane, role: Wire.TillRole(till.role),
            expiresAtUnixMs: till.expiresAt.unixMilliseconds, pairedAtUnixMs: till.pairedAt.unixMilliseconds,
            revokedAtUnixMs: till.revokedAt?.unixMilliseconds ?? 0, browser: isBrowser)
    }
}

extension Wire.TillRole {
    init(_ role: Pairing.TillRole) {
        switch role {
        case .till: self = .till
        case .display: self = .display
        case .technician: self = .technician
        }
    }
}

extension Pairing.TillRole {
    /// - Returns: `nil` for a role that this edge does not know.
    init?(_ role: Wire.TillRole) {
        switch role {
        case .till, .unspecified: self = .till
        case .display: self = .display
        case .technician: self = .technician
        default: return nil
        }
    }
}
