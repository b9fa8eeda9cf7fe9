import Foundation

/// Hummingbird with the same question and answer as JSON, asked by wrk.
struct HummingbirdPeer: Sendable {
    private let server: PeerServer
    private let client: LoadProgram
    private let script: String

    /// - Parameter answer: a whole frame of the edge's, its length included.
    /// - Returns: `nil` when it is not built, or has no client.
    static func start(answer: [UInt8], in scratch: String) throws -> HummingbirdPeer? {
        guard let client = LoadProgram.wrk,
            let server = try PeerServer.start(
                "peer-hummingbird", resolution: try GRPCPeer.resolution(in: answer), in: scratch)
        else { return nil }
        let script = scratch + "/resolve.lua"
        let lines = """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.body = '{"code":"\(BenchCustomers.card(0))"}'
            """
        try Data(lines.utf8).write(to: URL(fileURLWithPath: script))
        return HummingbirdPeer(server: server, client: client, script: script)
    }

    func rate(connections: Int, seconds: Int) throws -> Double {
        try client.rate([
            "-t", "1", "-c", "\(connections)", "-d", "\(seconds)s", "-s", script,
            "http://127.0.0.1:\(server.port)/resolve",
        ])
    }

    func end() {
        server.end()
    }
}
