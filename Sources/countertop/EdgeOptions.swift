import ArgumentParser
import CountertopClient
import Edge
import Foundation

/// Which edge a verb talks to.
struct EdgeOptions: ParsableArguments {
    @Option(
        name: .long,
        help: """
            The edge's address: the path of its Unix socket, HOST:PORT on this machine, or tls://HOST:PORT for a paired till. \
            By default the configuration's.
            """)
    var edge: String?

    @OptionGroup var store: ConfigurationOption

    /// Where an installed edge listens for programs of its machine.
    static let standardSocket = "/run/countertop/edge.sock"

    @Option(name: .long, help: "The folder of a paired till's key and certificate.")
    var credentials: String = CredentialsOptions.standardFolder

    /// - Throws: `ValidationError` for what is no address, ``EdgeError`` for a configuration that was named and cannot be read.
    func address() throws -> EdgeAddress {
        if let edge { return try Self.address(edge) }
        guard store.config == UnitPlaces.configuration else {
            guard let address = try store.ownAddress() else {
                throw ValidationError(
                    "\(store.config) names no address for programs of this machine. Say it with --edge.")
            }
            return address
        }
        // Not everybody who may talk to the edge may read its configuration, and a till's machine has none.
        return (try? store.ownAddress()) ?? .unix(path: Self.standardSocket)
    }

    /// How the edge was named, for commands that are printed.
    var given: GivenPlace {
        let isTill = edge?.hasPrefix("tls://") ?? false
        return GivenPlace(config: store.config, edge: edge, credentials: isTill ? credentials : nil)
    }

    /// - Throws: `ValidationError` for what is no address.
    static func address(_ edge: String) throws -> EdgeAddress {
        if edge.hasPrefix("tls://") {
            let (host, port) = try hostAndPort(edge.dropFirst("tls://".count))
            return .tls(host: host, port: port)
        }
        if edge.contains("/") { return .unix(path: edge) }
        let (host, port) = try hostAndPort(edge[...])
        guard EdgeConfiguration.Listen.isLoopback(host) else {
            throw ValidationError(
                "'\(host)' is another machine, to which nothing goes unencrypted. Write tls://\(edge), on a machine that was paired "
                    + "(countertop join).")
        }
        return .tcp(host: host, port: port)
    }

    /// - Parameter port: the port when the text names none.
    static func hostAndPort(_ text: Substring, port standard: Int? = nil) throws -> (host: String, port: Int) {
        let brackets = CharacterSet(charactersIn: "[]")
        let colon = text.lastIndex(of: ":")
        let isBareIPv6 = text.count(where: { $0 == ":" }) > 1 && !text.hasPrefix("[")
        if let standard, colon == nil || text.hasSuffix("]") || isBareIPv6 {
            return (text.trimmingCharacters(in: brackets), standard)
        }
        guard let colon, let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port) else {
            throw ValidationError(
                "'\(text)' is no address. Write HOST:PORT (127.0.0.1:7433), tls://HOST:PORT or the path of a socket.")
        }
        return (text[..<colon].trimmingCharacters(in: brackets), port)
    }

    /// The present certificate is good for weeks yet, so that a failure stops nothing.
    private func renew(on edge: CountertopConnection) async {
        do {
            try await edge.pairing.renew().save(folder: credentials)
        } catch {
            Terminal.complain(
                "The certificate in \(credentials) is due to be renewed, and could not be: \(error) Until its time is over "
                    + "every connection tries again.")
        }
    }

    /// As ``withEdge(_:)``, and connects again whenever the connection is lost.
    func withLink<Result>(_ body: (EdgeLink) async throws -> Result) async throws -> Result {
        let address = try address()
        guard case .tls = address else {
            return try await CountertopClient.withLink(to: address, client: "countertop-cli", body)
        }
        return try await CountertopClient.withLink(
            to: address, credentialsIn: credentials, client: "countertop-cli",
            onRenewal: { if case .failed = $0 { Terminal.complain("\($0)") } }, body)
    }

    /// Connects to the edge for as long as `body` runs.
    func withEdge<Result>(_ body: (CountertopConnection) async throws -> Result) async throws -> Result {
        let address = try address()
        guard case .tls = address else {
            return try await CountertopClient.withConnection(to: address, client: "countertop-cli", body)
        }
        let till = try TillCredentials(folder: credentials)
        return try await CountertopClient.withConnection(to: address, credentials: till, client: "countertop-cli") {
            edge in
            if till.isRenewalDue { await renew(on: edge) }
            return try await body(edge)
        }
    }
}
