import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GRPCProtobuf
import PeerMessages

/// Load on `peer-grpc` by grpc-swift's own client: `peer-grpc-load PORT COUNT IN-FLIGHT CODE` makes so many calls on one
/// connection, so many at once, and prints `RATE req/s`.
@main
struct PeerGRPCLoad {
    private static let method = MethodDescriptor(
        service: ServiceDescriptor(fullyQualifiedService: "countertop.v1.Customers"), method: "Resolve")

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let port = Int(arguments[1]), let count = Int(arguments[2]),
            let inFlight = Int(arguments[3]), count > 0, inFlight > 0
        else { throw CocoaError(.featureUnsupported) }
        var question = Countertop_V1_ResolveRequest()
        question.code = Data(arguments[4].utf8)
        let request = question
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(host: "127.0.0.1", port: port), transportSecurity: .plaintext)
        let rate = try await withGRPCClient(transport: transport) { client in
            // The first calls make the connection.
            try await Self.ask(client, request, count: inFlight, inFlight: inFlight)
            let start = ContinuousClock.now
            try await Self.ask(client, request, count: count, inFlight: inFlight)
            return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
        }
        print("load: \(rate) req/s")
    }

    private static func ask(
        _ client: GRPCClient<HTTP2ClientTransport.Posix>, _ request: Countertop_V1_ResolveRequest, count: Int,
        inFlight: Int
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for lane in 0..<inFlight {
                let calls = count / inFlight + (lane < count % inFlight ? 1 : 0)
                group.addTask {
                    for _ in 0..<calls {
                        try await client.unary(
                            request: ClientRequest(message: request), descriptor: method,
                            serializer: ProtobufSerializer<Countertop_V1_ResolveRequest>(),
                            deserializer: ProtobufDeserializer<Countertop_V1_Resolution>(), options: .defaults
                        ) { _ = try $0.message }
                    }
                }
            }
        }
    }
}
