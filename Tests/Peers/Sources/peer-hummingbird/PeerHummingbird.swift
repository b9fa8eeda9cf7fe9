import Foundation
import Hummingbird
import NIOPosix
import PeerMessages

/// The same answer as JSON over HTTP, on Hummingbird, on one event loop as the edge has.
@main
struct PeerHummingbird {
    static func main() async throws {
        let answer = ResolutionJSON(try PeerAnswer.load(CommandLine.arguments))
        let router = Router()
        router.post("resolve") { request, context in
            let question = try await request.decode(as: ResolveRequestJSON.self, context: context)
            guard !question.code.isEmpty else { throw HTTPError(.badRequest) }
            return answer
        }
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { PeerAnswer.tell(port: $0.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)))
        Task.detached {
            await PeerAnswer.waitForEnd()
            exit(0)
        }
        try await app.runService()
    }
}

extension ResolutionJSON: ResponseEncodable {}
