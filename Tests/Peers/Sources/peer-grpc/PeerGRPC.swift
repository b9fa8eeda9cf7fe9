import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GRPCProtobuf
import NIOPosix
import PeerMessages

/// `countertop.v1.Customers/Resolve` on grpc-swift 2, on one event loop as the edge has, without TLS.
@main
struct PeerGRPC {
    static func main() async throws {
        let service = ResolveService(answer: try PeerAnswer.load(CommandLine.arguments))
        let transport = HTTP2ServerTransport.Posix(
            address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext,
            eventLoopGroup: MultiThreadedEventLoopGroup(numberOfThreads: 1))
        let server = GRPCServer(transport: transport, services: [service])
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await server.serve() }
            guard let port = try await transport.listeningAddress.ipv4?.port else { return }
            PeerAnswer.tell(port: port)
            await PeerAnswer.waitForEnd()
            exit(0)
        }
    }
}

/// What grpc-swift's generator makes of the call, written out.
struct ResolveService: RegistrableRPCService {
    let answer: Countertop_V1_Resolution

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        let service = ServiceDescriptor(fullyQualifiedService: "countertop.v1.Customers")
        router.registerHandler(
            forMethod: MethodDescriptor(service: service, method: "Resolve"),
            deserializer: ProtobufDeserializer<Countertop_V1_ResolveRequest>(),
            serializer: ProtobufSerializer<Countertop_V1_Resolution>()
        ) { request, _ in
            let request = try await ServerRequest(stream: request)
            guard request.message.query != nil else { throw RPCError(code: .invalidArgument, message: "No query.") }
            return StreamingServerResponse(single: ServerResponse(message: answer))
        }
    }
}
