import Foundation
import Pairing
import Transport
import Wire

extension StoreNetwork {
    /// Who the holder of a certificate is, or what it is told and let go for.
    func identify(_ certificate: [UInt8]) -> Result<Caller, Status> {
        switch identity.authority.check(certificate, limits: limits, now: Date()) {
        case .till(let id, let serial): return known(id, serial: serial)
        case .unreadable, .noTill:
            return .failure(Status(.certificateRefused, "That is no till's certificate. Pair anew (countertop pair)."))
        case .otherStore:
            return .failure(
                Status(
                    .certificateOfOtherStore,
                    "The certificate is of another store, or of this one before its identity was made anew. Pair with this "
                        + "edge (countertop pair)."))
        case .expired:
            return .failure(
                Status(
                    .certificateExpired,
                    "The till's certificate is past its time, or a clock is wrong. Check both clocks, then pair anew."))
        }
    }

    private func known(_ id: String, serial: [UInt8]) -> Result<Caller, Status> {
        guard let till = registry.till(id), !till.isRevoked,
            case .certificate(let newest, let previous) = till.credential, serial == newest || serial == previous
        else { return .failure(Self.revoked) }
        // The new certificate has arrived, so the one before has served its time. A disk that refuses leaves both good.
        if serial == newest, previous != nil { try? registry.sawNewest(id) }
        return .success(Caller(till))
    }

    /// What a till is told that is not known any more.
    static let revoked = Status(
        .tillRevoked, "This till was revoked at the edge, or is not in its list. Pair anew (countertop pair).")
}

extension Caller {
    init(_ till: Pairing.Till) {
        let role: Role =
            switch till.role {
            case .till: .till
            case .display: .display
            case .technician: .technician
            }
        self.init(role, id: till.id, lane: till.lane.isEmpty ? nil : till.lane)
    }
}
