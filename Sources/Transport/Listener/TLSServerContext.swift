import NIOSSL

/// An edge's certificate and key, ready for handshakes.
package struct TLSServerContext: Sendable {
    let context: NIOSSLContext

    /// - Parameters:
    ///   - chain: the edge's certificate first, then those of its authorities, in DER.
    ///   - keyPEM: the key of the first.
    ///   - asksForCertificate: whether clients are asked for one. Without one they are strangers.
    /// - Throws: ``TransportError`` `tlsUnusable`.
    package init(chain: [[UInt8]], keyPEM: String, asksForCertificate: Bool) throws(TransportError) {
        do {
            let certificates = try chain.map {
                NIOSSLCertificateSource.certificate(try NIOSSLCertificate(bytes: $0, format: .der))
            }
            let key = try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: certificates, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv13
            configuration.maximumTLSVersion = .tlsv13
            configuration.applicationProtocols = [asksForCertificate ? ListenerTLS.protocolName : "http/1.1"]
            configuration.certificateVerification = asksForCertificate ? .optionalVerification : .none
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw TransportError(.tlsUnusable, "TLS cannot be set up with the edge's certificate.", cause: "\(error)")
        }
    }
}
