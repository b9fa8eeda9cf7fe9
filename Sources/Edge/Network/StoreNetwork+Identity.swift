import Foundation
import Logging
import Pairing
import Transport
import Wire

extension StoreNetwork {
    /// Who the holder of a certificate is, or what it is told and let go for.
    func identify(_ certificate: [UInt8]) -> Result<Caller, Status> {
        switch identity.authority.check(certificate, limits: limits, now: Date()) {
        case .till(let shown): return known(shown)
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

    private func known(_ shown: ShownCertificate) -> Result<Caller, Status> {
        guard let till = registry.till(shown.till), !till.isRevoked,
            case .certificate(let newest, let previous) = till.credential,
            shown.serial == newest || shown.serial == previous
        else { return adopted(shown) }
        // The new certificate has arrived, so the one before has served its time. A disk that refuses leaves both good.
        if shown.serial == newest, registry.sawNewest(till.id) {
            queue.note { [registry] in try? registry.keep(till.id) }
        }
        return .success(Caller(till))
    }

    /// A certificate that was made after the backup which the edge was put back from.
    private func adopted(_ shown: ShownCertificate) -> Result<Caller, Status> {
        guard let till = registry.adopt(shown) else {
            let isOlder = registry.till(shown.till).map { !$0.isRevoked } ?? false
            return .failure(isOlder ? Self.superseded : Self.revoked)
        }
        logger.notice(
            "A till's certificate from after the backup was taken up.",
            metadata: ["till": "\(till.id)", "issued": "\(shown.issuedAt.formatted(.iso8601))"])
        return .success(Caller(till))
    }

    /// What a till is told that shows a certificate in whose place it has got another one.
    private static let superseded = Status(
        .certificateSuperseded,
        "A newer certificate was made for this till and has been used, so this one is of no use any more. Read the till's "
            + "folder again; if it has no newer one, pair anew (countertop pair).")

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
