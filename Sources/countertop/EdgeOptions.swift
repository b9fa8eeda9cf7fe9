import ArgumentParser
import CountertopClient
import Foundation

/// Which edge a verb talks to.
struct EdgeOptions: ParsableArguments {
    @Option(name: .long, help: "The edge's address: HOST:PORT, or the path of its Unix socket.")
    var edge: String = "/run/countertop/edge.sock"

    func address() throws -> EdgeAddress {
        if edge.contains("/") { return .unix(path: edge) }
        guard let colon = edge.lastIndex(of: ":"), let port = Int(edge[edge.index(after: colon)...]),
            (1...65_535).contains(port)
        else {
            throw ValidationError("'\(edge)' is no address. Write HOST:PORT (127.0.0.1:7433) or the path of a socket.")
        }
        let host = edge[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return .tcp(host: host, port: port)
    }

    /// Connects to the edge for as long as `body` runs.
    func withEdge<Result>(_ body: (CountertopConnection) async throws -> Result) async throws -> Result {
        try await CountertopClient.withConnection(to: try address(), client: "countertop-cli", body)
    }
}
