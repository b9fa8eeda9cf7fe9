import CountertopClient
import Credentials
import NIOCore
import NIOSSL

/// A till that was paired with a bench's edge, and what it needs for TLS.
struct BenchTill: Sendable {
    private let context: NIOSSLContext

    /// Pairs with the edge as a till does, by the code that its administrator gets.
    /// - Parameters:
    ///   - port: where the edge listens with TLS.
    ///   - administrator: its plain port.
    ///   - scratch: an empty directory for the credentials.
    static func pair(port: Int, administrator: Int, scratch: String) async throws -> BenchTill {
        let plain = EdgeAddress.tcp(host: "127.0.0.1", port: administrator)
        let credentials = try await CountertopClient.withConnection(to: plain, client: "countertop-bench") { edge in
            try await edge.tills.withInvitation { invitation in
                guard case .offer(let offer)? = try await invitation.next()?.event else {
                    throw BenchError("The edge offers no pairing code.")
                }
                return try await CountertopClient.pair(
                    with: .tls(host: "127.0.0.1", port: port), code: offer.code, client: "countertop-bench"
                ).credentials
            }
        }
        try credentials.save(folder: scratch)
        return try BenchTill(try TillFolder(path: scratch).read())
    }

    private init(_ contents: TillFolder.Contents) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv13
        configuration.applicationProtocols = ["countertop/1"]
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: contents.authority, format: .der)])
        configuration.certificateChain = [
            .certificate(try NIOSSLCertificate(bytes: contents.certificate, format: .der))
        ]
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(contents.keyPEM.utf8), format: .pem))
        context = try NIOSSLContext(configuration: configuration)
    }

    /// What encrypts one connection.
    func handler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: nil)
    }
}
