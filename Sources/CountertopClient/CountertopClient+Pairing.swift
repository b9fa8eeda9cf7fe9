import Credentials
import Transport
import Wire

extension CountertopClient {
    /// Pairs this till with an edge, by the code that `countertop pair` shows there.
    ///
    /// Nothing is said to an edge whose key is not the one in the code.
    /// - Parameters:
    ///   - address: the edge on the network: `.tls(host: "edge.local", port: 7433)`.
    ///   - code: as somebody typed it; spaces, dashes and case do not count.
    ///   - client: name and version of the till's program, for the edge's log.
    /// - Returns: who the till is from now on, and what to connect with. Save the credentials before anything else: the code is
    ///   used up.
    /// - Throws: ``CountertopError`` UNAUTHENTICATED / PAIRING_PROOF_WRONG, EDGE_UNTRUSTED; FAILED_PRECONDITION /
    ///   PAIRING_CLOSED; INVALID_ARGUMENT / PAIRING_CODE_MALFORMED.
    public static func pair(
        with address: EdgeAddress, code: String, client: String
    ) async throws(CountertopError) -> (till: Till, credentials: TillCredentials) {
        let (pairing, key, request) = try request(code)
        let tls = ClientTLS(trust: .publicKey { KeyFingerprint(publicKey: $0) == pairing.edge })
        let hello = Hello(versionMin: versions.lowerBound, versionMax: versions.upperBound, client: client)
        let channel: ClientChannel
        do throws(CallFailure) {
            channel = try await ClientChannel.connect(to: address, tls: tls, hello: hello)
        } catch {
            throw CountertopError(error)
        }
        let asked = PairRequest(
            kind: .certificateRequest(request), proof: PairingProof.make(pairing, request: request))
        let result: Result<PairAnswer, CountertopError>
        do throws(CountertopError) {
            result = .success(try await CountertopConnection(channel).call("countertop.v1.Pairing/Pair", asked))
        } catch {
            result = .failure(error)
        }
        await channel.leave()
        let answer = try result.get()
        let contents = TillFolder.Contents(
            keyPEM: key.pem, certificate: answer.certificate, authority: answer.authority)
        return (answer.till ?? Till(), TillCredentials(contents))
    }

    private static func request(
        _ code: String
    ) throws(CountertopError) -> (PairingCode, SigningKey, request: [UInt8]) {
        do throws(CredentialsError) {
            let key = SigningKey()
            return (try PairingCode(text: code), key, try CertificateRequest.make(key))
        } catch {
            throw CountertopError(
                .invalidArgument, reason: "PAIRING_CODE_MALFORMED", message: error.message, isUnserved: true)
        }
    }
}
