import Edge
import Foundation
import Logging

/// Runs an edge as `countertop run` does, with virtual devices that are used and pulled by words on its standard input, until
/// that ends. Tests/Soak/soak.py runs it.
///
///     countertop-soak CONFIGURATION
@main
struct Soak {
    static func main() async {
        guard CommandLine.arguments.count == 2 else {
            print("usage: countertop-soak CONFIGURATION")
            exit(64)
        }
        do {
            let configuration = try EdgeConfiguration.read(path: CommandLine.arguments[1])
            let logger = Logger(label: "soak") { StreamLogHandler.standardError(label: $0) }
            let edge = try await Edge.start(configuration, logger: logger)
            await DeviceDesk(edge.virtualDevices).serve()
            await edge.stop()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }
}
