import NIOCore
import NIOSSL

/// TLS 1.3 as a client does it.
package struct ClientTLS: Sendable {
    /// What says that an edge is the right one.
    package enum Trust: Sendable {
        /// A certificate for servers from the authority with this certificate, in DER. Under which name the edge was reached
        /// does not count: a store has one edge, and its authority makes no other certificate for servers.
        case authority([UInt8])
        /// The edge's public key, as SubjectPublicKeyInfo in DER. Nothing is sent before it was said to be right.
        case publicKey(@Sendable ([UInt8]) -> Bool)
    }

    /// What says that the edge is the right one.
    package let trust: Trust
    /// The client's own certificate, in DER; `nil` for a stranger.
    package let certificate: [UInt8]?
    /// The key of it, in PEM.
    package let keyPEM: String?

    package init(trust: Trust, certificate: [UInt8]? = nil, keyPEM: String? = nil) {
        self.trust = trust
        self.certificate = certificate
        self.keyPEM = keyPEM
    }

    /// The handler that does the handshake for one connection.
    func handler() throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv13
        configuration.applicationProtocols = [ListenerTLS.protocolName]
        configuration.certificateVerification = .noHostnameVerification
        if let certificate, let keyPEM {
            configuration.certificateChain = [.certificate(try NIOSSLCertificate(bytes: certificate, format: .der))]
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem))
        }
        switch trust {
        case .authority(let der):
            configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: der, format: .der)])
            return try NIOSSLClientHandler(
                context: try NIOSSLContext(configuration: configuration), serverHostname: nil)
        case .publicKey(let isRight):
            return try NIOSSLClientHandler(
                context: try NIOSSLContext(configuration: configuration), serverHostname: nil,
                customVerificationCallback: { certificates, verdict in
                    let key = certificates.first.flatMap { try? $0.extractPublicKey().toSPKIBytes() }
                    verdict.succeed(key.map(isRight) == true ? .certificateVerified : .failed)
                })
        }
    }
}
