import Credentials
import Wire

/// What a paired till does about its own pairing. See ``CountertopConnection/pairing``.
public struct PairingCalls: Sendable {
    let maker: any CallMaker

    /// Gets a new key and certificate, over a connection that the present ones have opened. The present ones stay good until the
    /// new ones are used; save these before.
    public func renew(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> TillCredentials {
        let key = SigningKey()
        let request: [UInt8]
        do throws(CredentialsError) {
            request = try CertificateRequest.make(key)
        } catch {
            throw CountertopError(error)
        }
        let answer: PairAnswer = try await maker.call(
            "countertop.v1.Pairing/Renew", RenewRequest(certificateRequest: request), deadline: deadline)
        return TillCredentials(
            TillFolder.Contents(keyPEM: key.pem, certificate: answer.certificate, authority: answer.authority))
    }
}
