import Credentials
import Crypto
import Foundation
import Pairing

extension StoreNetwork {
    /// The beginning of what a browser's page signs.
    private static let proofLabel = Array("countertop proof 1\n".utf8)

    /// Makes a new till known.
    /// - Returns: the till, and its certificate, which is empty for a browser's page.
    func admit(
        _ kind: PairingKind, as invitation: PairingDesk.Invitation, now: Date
    ) throws(PairingError) -> (Pairing.Till, certificate: [UInt8]) {
        let id = Till.newID()
        let (credential, certificate, expiresAt): (Till.Credential, [UInt8], Date)
        switch kind {
        case .certificate(let request, _):
            let issued = try identity.authority.issueTill(request, id: id, limits: limits, now: now)
            (credential, certificate, expiresAt) = (
                .certificate(serial: issued.serial, previous: nil), issued.der, issued.expiresAt
            )
        case .browser(_, let der): (credential, certificate, expiresAt) = (.browserKey(der), [], browserExpiry(now))
        }
        let till = Till(
            id: id, name: invitation.name, lane: invitation.lane, role: invitation.role, credential: credential,
            expiresAt: expiresAt, pairedAt: now)
        try registry.add(till)
        return (till, certificate)
    }

    /// Gives a till another certificate.
    /// - Throws: ``Pairing/PairingError`` `tillUnknown` when it is none that has one.
    func renew(
        _ id: String, _ kind: PairingKind, now: Date
    ) throws(PairingError) -> (Pairing.Till, certificate: [UInt8]) {
        guard case .certificate(let request, _) = kind, let till = registry.till(id), !till.isRevoked,
            case .certificate = till.credential
        else {
            throw PairingError(
                .tillUnknown, "Only a till with a certificate of its own renews it; this connection has none.")
        }
        let issued = try identity.authority.issueTill(request, id: id, limits: limits, now: now)
        return (try registry.renew(id, serial: issued.serial, expiresAt: issued.expiresAt), issued.der)
    }

    /// The browser's page that made a signature of a connection's nonce. Its time begins anew when half of it is over.
    /// - Returns: `nil` when it is none that is known, or its time is over.
    func browser(_ id: String, signature: [UInt8], nonce: [UInt8], now: Date = Date()) -> Pairing.Till? {
        guard let till = registry.till(id), !till.isRevoked, now < till.expiresAt,
            case .browserKey(let der) = till.credential,
            let key = try? P256.Signing.PublicKey(derRepresentation: der),
            let parsed = try? P256.Signing.ECDSASignature(rawRepresentation: signature),
            key.isValidSignature(parsed, for: Data(Self.proofLabel + identity.fingerprint.bytes + nonce))
        else { return nil }
        if till.expiresAt.timeIntervalSince(now) < browserExpiry(now).timeIntervalSince(now) / 2 {
            let expiry = browserExpiry(now)
            queue.note { [registry] in try? registry.extend(id, to: expiry) }
        }
        return till
    }

    private func browserExpiry(_ now: Date) -> Date {
        now + TimeInterval(limits.tillCertificateDays) * 86_400
    }
}
