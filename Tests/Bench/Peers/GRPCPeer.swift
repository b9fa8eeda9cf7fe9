import Foundation
import Wire

/// grpc-swift 2 with the same call, asked by h2load, a client in C, and by grpc-swift's own client.
struct GRPCPeer: Sendable {
    private let server: PeerServer
    private let client: LoadProgram
    private let ownClient: LoadProgram?
    /// A file with one request as gRPC frames it.
    private let request: String

    /// - Parameter answer: a whole frame of the edge's, its length included.
    /// - Returns: `nil` when it is not built, or has no client.
    static func start(answer: [UInt8], in scratch: String) throws -> GRPCPeer? {
        guard let client = LoadProgram.h2load,
            let server = try PeerServer.start("peer-grpc", resolution: try Self.resolution(in: answer), in: scratch)
        else { return nil }
        let body = ResolveRequest(query: .code(Array(BenchCustomers.card(0).utf8))).packed()
        // Length-Prefixed-Message: not compressed, the length in 4 bytes (gRPC over HTTP/2, "Requests").
        let message = [0] + withUnsafeBytes(of: UInt32(body.count).bigEndian) { Array($0) } + body
        let request = scratch + "/request"
        try Data(message).write(to: URL(fileURLWithPath: request))
        return GRPCPeer(server: server, client: client, ownClient: .grpcSwift, request: request)
    }

    /// The answers a second of one connection to h2load.
    func rate(count: Int, inFlight: Int) throws -> Double {
        try client.rate([
            "-n", "\(max(count, inFlight))", "-c", "1", "-m", "\(inFlight)", "-d", request, "-H",
            "content-type: application/grpc", "-H", "te: trailers",
            "http://127.0.0.1:\(server.port)/countertop.v1.Customers/Resolve",
        ])
    }

    /// The same to grpc-swift's own client; `nil` when it is not built.
    func rateOfOwnClient(count: Int, inFlight: Int) throws -> Double? {
        let card = BenchCustomers.card(0)
        return try ownClient?.rate(["\(server.port)", "\(max(count, inFlight))", "\(inFlight)", card])
    }

    func end() {
        server.end()
    }

    /// The packed Resolution that a frame carries.
    static func resolution(in answer: [UInt8]) throws -> [UInt8] {
        guard case .message(let message) = try Frame(packed: Array(answer.dropFirst(4))).kind else {
            throw BenchError("The sample answer is not the edge's.")
        }
        return message.body
    }
}
