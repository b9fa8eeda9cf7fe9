import Credentials
import Crypto
package import Foundation
import SwiftASN1
import X509

extension StoreIdentity {
    /// The edge's certificate for these names: the one on the disk when it is of this key, holds just these names and has
    /// more than a third of its time left, a new one otherwise.
    /// - Returns: the certificate in DER.
    /// - Throws: ``PairingError`` when it cannot be made or kept.
    package func certificate(names: [String], now: Date) throws(PairingError) -> [UInt8] {
        let path = "\(folder)/edge.pem"
        if let der = Self.kept(path), isGood(der, names, now) { return der }
        let issued = try authority.issueEdge(
            Certificate.PublicKey(key.key.publicKey), names: names, limits: limits, now: now)
        do throws(CredentialsError) {
            try SecretFile.write(Array(PEMText.pem(issued.der).utf8), to: path)
        } catch {
            throw PairingError(error)
        }
        return issued.der
    }

    /// A certificate that cannot be read is made anew: unlike a key, it can be.
    private static func kept(_ path: String) -> [UInt8]? {
        guard let bytes = try? SecretFile.read(path) else { return nil }
        return try? PEMText.der(String(decoding: bytes, as: UTF8.self))
    }

    private func isGood(_ der: [UInt8], _ names: [String], _ now: Date) -> Bool {
        guard let certificate = try? Certificate(checked: der),
            certificate.publicKey == Certificate.PublicKey(key.key.publicKey),
            authority.certificate.publicKey.isValidSignature(certificate.signature, for: certificate),
            let alternatives = try? certificate.extensions.subjectAlternativeNames
        else { return false }
        let held = Set(alternatives.map { "\($0)" })
        let wanted = Set(
            names.prefix(limits.namesMax).map { name in
                IPAddressBytes(name).map { "\(GeneralName.ipAddress(.init(contentBytes: $0.bytes[...])))" }
                    ?? "\(GeneralName.dnsName(name))"
            })
        let left = certificate.notValidAfter.timeIntervalSince(now)
        return held == wanted && certificate.notValidBefore <= now
            && left > StoreAuthority.days(limits.edgeCertificateDays) / 3
    }
}
