package import Credentials
package import Foundation
import Glibc
import X509

/// Who the edge is on the network: its key, the store's certificate authority, and the edge's certificate of it.
///
/// Its folder is made whole or not at all. A part that is missing later is never made anew by itself: tills know the edge by
/// these keys.
package struct StoreIdentity: Sendable {
    package let authority: StoreAuthority
    /// The edge's key. The certificate changes with the edge's names; the key stays.
    package let key: SigningKey
    let folder: String
    let limits: PairingLimits

    /// What pairing codes hold of the edge's key.
    package var fingerprint: KeyFingerprint { KeyFingerprint(publicKey: key.publicKey) }

    /// The file that browsers are told to trust.
    package var authorityPath: String { "\(folder)/authority.pem" }

    /// Reads the identity, and makes it where there is none.
    /// - Parameters:
    ///   - folder: the identity's own folder (0700); its files are 0600.
    ///   - store: the store's name, for whoever looks at the certificates.
    /// - Throws: ``PairingError`` `identityBroken`, `issuingFailed`.
    package static func loadOrCreate(
        at folder: String, store: String, limits: PairingLimits = PairingLimits(), now: Date
    ) throws(PairingError) -> StoreIdentity {
        if access(folder, F_OK) != 0, errno == ENOENT { try make(folder, store, limits, now) }
        do throws(CredentialsError) {
            let texts = (
                try text("authority-key.pem", folder), try text("authority.pem", folder),
                try text("edge-key.pem", folder)
            )
            let authority = (key: texts.0, der: try PEMText.der(texts.1))
            let key = try SigningKey(pem: texts.2)
            return try StoreIdentity(authority, key: key, folder: folder, limits: limits)
        } catch {
            throw PairingError(error)
        }
    }

    private init(
        _ authority: (key: String, der: [UInt8]), key: SigningKey, folder: String, limits: PairingLimits
    ) throws(CredentialsError) {
        do throws(PairingError) {
            self.authority = try StoreAuthority(keyPEM: authority.key, der: authority.der)
        } catch {
            throw CredentialsError(.fileMalformed, error.message, cause: error.cause)
        }
        self.key = key
        self.folder = folder
        self.limits = limits
    }

    private static func make(
        _ folder: String, _ store: String, _ limits: PairingLimits, _ now: Date
    ) throws(PairingError) {
        let authority = try StoreAuthority.make(store: store, limits: limits, now: now)
        let draft = "\(folder).new-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        do throws(CredentialsError) {
            try SecretFile.makeDirectory(draft)
            try SecretFile.write(Array(authority.key.pem.utf8), to: "\(draft)/authority-key.pem")
            try SecretFile.write(Array(PEMText.pem(authority.der).utf8), to: "\(draft)/authority.pem")
            try SecretFile.write(Array(SigningKey().pem.utf8), to: "\(draft)/edge-key.pem")
        } catch {
            throw PairingError(error)
        }
        // Another process may have been quicker; a folder that has files in it is never taken the place of.
        guard rename(draft, folder) == 0 || errno == EEXIST || errno == ENOTEMPTY, SecretFile.syncDirectory(of: folder)
        else {
            throw PairingError(
                .identityBroken, "The store's identity cannot be put into \(folder). Check the disk.",
                cause: String(cString: strerror(errno)))
        }
    }

    private static func text(_ name: String, _ folder: String) throws(CredentialsError) -> String {
        guard let bytes = try SecretFile.read("\(folder)/\(name)") else {
            throw CredentialsError(
                .fileMalformed,
                "\(folder)/\(name) is missing. Put it back from its copy; only when every till may be paired anew, move the "
                    + "folder away.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
