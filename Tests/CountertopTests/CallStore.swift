import Foundation

/// An edge on a Unix socket in a folder of its own, for one test.
struct CallStore {
    let edge: RunningProgram
    let socket: String

    static func with(_ body: (CallStore) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "countertop-call-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let socket = folder.appending(path: "edge.sock").path
        let configuration = """
            store: {name: Storgata, region: NO, company: storgata}
            state: \(folder.path)/state
            key: \(folder.path)/state/key
            listen: {port: 0, unix: \(socket)}
            lanes: [{name: "1", devices: []}]
            usb: virtual
            sample_store: true
            """
        let file = folder.appending(path: "store.yaml")
        try configuration.write(to: file, atomically: true, encoding: .utf8)
        let edge = try RunningProgram(["run", "--config", file.path])
        await edge.waitFor(errors: "Ready.")
        let result = await Result { try await body(CallStore(edge: edge, socket: socket)) }
        edge.terminate()
        _ = await edge.status()
        try result.get()
    }

    /// Makes a call to its end.
    func call(_ arguments: [String]) async throws -> Program {
        try await Program.run(["call"] + arguments + ["--edge", socket])
    }
}

extension Result where Failure == any Error, Success == Void {
    fileprivate init(_ body: () async throws -> Void) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
