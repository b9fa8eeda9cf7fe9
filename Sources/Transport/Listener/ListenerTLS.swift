package import Wire

/// TLS 1.3 as a listener does it.
package struct ListenerTLS: Sendable {
    /// The name of the protocol in the handshake (RFC 7301).
    package static let protocolName = "countertop/1"

    /// The certificate and key for the next connection.
    let context: @Sendable () -> TLSServerContext
    /// Who a certificate's holder is; it has the certificate in DER. The handshake has proved that the holder has the key, and
    /// nothing else has been checked.
    let identify: @Sendable ([UInt8]) -> Result<Caller, Status>

    /// - Parameters:
    ///   - context: asked for each connection, so that a new certificate counts from the next one on.
    ///   - identify: who the holder of a client's certificate is, or what it is told and why it is let go. It runs on the
    ///     event loop and has to be quick.
    package init(
        context: @escaping @Sendable () -> TLSServerContext,
        identify: @escaping @Sendable ([UInt8]) -> Result<Caller, Status>
    ) {
        self.context = context
        self.identify = identify
    }
}
