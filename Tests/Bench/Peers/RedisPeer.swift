/// Redis with values of the answer's size, asked by redis-benchmark.
struct RedisPeer: Sendable {
    /// How many keys it holds.
    private static let keys = 100_000

    private let server: PeerServer
    private let client: LoadProgram

    /// - Returns: `nil` when it is not installed.
    static func start(valueBytes: Int, in scratch: String) throws -> RedisPeer? {
        guard let client = LoadProgram.redisBenchmark, let server = try PeerServer.redis(in: scratch) else {
            return nil
        }
        // So many random keys that next to none is missing.
        try client.run([
            "-p", "\(server.port)", "-t", "set", "-d", "\(valueBytes)", "-r", "\(keys)", "-n", "\(keys * 6)", "-P",
            "64", "-q",
        ])
        return RedisPeer(server: server, client: client)
    }

    /// - Parameter inFlight: requests of a connection that are on their way at once.
    func rate(connections: Int, inFlight: Int = 1, count: Int) throws -> Double {
        try client.rate([
            "-p", "\(server.port)", "-t", "get", "-c", "\(connections)", "-P", "\(inFlight)", "-n", "\(count)", "-r",
            "\(Self.keys)", "--csv",
        ])
    }

    func end() {
        server.end()
    }
}
