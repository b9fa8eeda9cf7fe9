public import Transport
import Wire

/// The way into an edge: a till connects, and asks and watches for as long as a closure runs.
///
/// ```swift
/// import CountertopClient
///
/// try await CountertopClient.withConnection(to: .unix(path: "/run/countertop/edge.sock"), client: "kassa/4.2") { edge in
///     try await edge.withLane("1") { lane in
///         for try await scan in lane.scans(onGap: { gap in print("scans are missing before \(gap.nextSequence)") }) {
///             print(scan.resolution?.customer?.name ?? "somebody")
///             try await edge.lanes.acknowledge(lane: "1", scan.position)
///         }
///     }
/// }
/// ```
/// Many tasks may use one connection at once; answers come as they are ready.
public enum CountertopClient {
    /// The protocol versions this library speaks.
    public static let versions: ClosedRange<UInt32> = 1...1

    /// Connects to an edge, and leaves it when `body` is done.
    ///
    /// When the connection breaks, all calls and watches on it end with UNAVAILABLE / CONNECTION_LOST; connect again then,
    /// and go on watching after the last scan applied, or let ``withLink(to:credentials:client:reconnecting:isolation:_:)`` do that.
    /// - Parameters:
    ///   - address: a Unix socket on the edge's own host, or a host and port with TLS; an edge's usual port is 7433.
    ///   - credentials: what pairing gave this till; an address with TLS needs them.
    ///   - client: name and version of the till's program, for the edge's log: "kassa/4.2". No personal data.
    /// - Throws: ``CountertopError`` when the edge cannot be reached or refuses; and whatever `body` throws.
    public static func withConnection<Result>(
        to address: EdgeAddress, credentials: TillCredentials? = nil, client: String,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (CountertopConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await connect(to: address, credentials: credentials, client: client)
        do {
            let result = try await body(CountertopConnection(channel))
            await channel.leave()
            return result
        } catch {
            await channel.leave()
            throw error
        }
    }

    /// Gives a till a way to its edge that connects again by itself, for as long as `body` runs.
    ///
    /// ```swift
    /// try await CountertopClient.withLink(to: .unix(path: "/run/countertop/edge.sock"), client: "kassa/4.2") { link in
    ///     try await link.lanes.openBasket(lane: "1", basket: "4711")
    /// }
    /// ```
    /// - Parameters:
    ///   - address: a Unix socket on the edge's own host, or a host and port; an edge's usual port is 7433.
    ///   - client: name and version of the till's program, for the edge's log: "kassa/4.2". No personal data.
    ///   - reconnecting: how long it waits between attempts.
    /// - Throws: what `body` throws. An edge that is not there yet is waited for.
    public static func withLink<Result>(
        to address: EdgeAddress, credentials: TillCredentials? = nil, client: String,
        reconnecting: Reconnecting = Reconnecting(),
        isolation: isolated (any Actor)? = #isolation, _ body: (EdgeLink) async throws -> Result
    ) async throws -> Result {
        let connector = LinkConnector(reconnecting: reconnecting) { () async throws(CountertopError) in
            try await connect(to: address, credentials: credentials, client: client, limits: reconnecting.limits)
        }
        return try await withLink(connector, isolation: isolation, body)
    }

    /// Gives a paired till a way to its edge that connects again by itself, and renews its certificate in time.
    ///
    /// The folder is the one that ``TillCredentials/save(folder:)`` wrote; new credentials are written there, so that a till
    /// that starts again finds them.
    /// - Parameters:
    ///   - address: the edge's host and port with TLS; an edge's usual port is 7433.
    ///   - folder: where the till's key and certificate are.
    ///   - onRenewal: is told what became of renewing the certificate, on any thread: of a failure as soon as there is one, which is a
    ///     third of its time before it ends, and then at most once an hour. Without it failures go to the standard error.
    /// - Throws: what `body` throws. An edge that is not there yet is waited for.
    public static func withLink<Result>(
        to address: EdgeAddress, credentialsIn folder: String, client: String,
        reconnecting: Reconnecting = Reconnecting(),
        onRenewal: @escaping @Sendable (CertificateRenewal) -> Void = CertificateRenewal.complain,
        isolation: isolated (any Actor)? = #isolation, _ body: (EdgeLink) async throws -> Result
    ) async throws -> Result {
        try await withLink(
            to: address, credentialsIn: CredentialsFolder(path: folder, tell: onRenewal), client: client,
            reconnecting: reconnecting, isolation: isolation, body)
    }

    static func withLink<Result>(
        to address: EdgeAddress, credentialsIn folder: CredentialsFolder, client: String, reconnecting: Reconnecting,
        isolation: isolated (any Actor)? = #isolation, _ body: (EdgeLink) async throws -> Result
    ) async throws -> Result {
        let connector = LinkConnector(reconnecting: reconnecting) { () async throws(CountertopError) in
            let channel = try await connect(
                to: address, credentials: folder.read(), client: client, limits: reconnecting.limits)
            await folder.renewIfDue(by: CountertopConnection(channel))
            return channel
        }
        let renewing = Task {
            var pause = CredentialsFolder.retryAfter
            while !Task.isCancelled {
                try await Task.sleep(for: pause)
                pause = await folder.renewIfDue(by: EdgeLink(connector))
            }
        }
        defer { renewing.cancel() }
        return try await withLink(connector, isolation: isolation, body)
    }

    private static func withLink<Result>(
        _ connector: LinkConnector, isolation: isolated (any Actor)?, _ body: (EdgeLink) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(EdgeLink(connector))
            await connector.leave()
            return result
        } catch {
            await connector.leave()
            throw error
        }
    }

    private static func connect(
        to address: EdgeAddress, credentials: TillCredentials?, client: String,
        limits: TransportLimits = TransportLimits()
    ) async throws(CountertopError) -> ClientChannel {
        let hello = Hello(
            versionMin: versions.lowerBound, versionMax: versions.upperBound, features: WireFeature.all, client: client)
        do throws(CallFailure) {
            return try await ClientChannel.connect(to: address, tls: credentials?.tls, hello: hello, limits: limits)
        } catch {
            throw CountertopError(error)
        }
    }
}
