import CountertopClient
import Foundation

/// An edge for a day in a store, in a folder that outlives it: the day goes on after a crash.
final class StoreDay {
    let folder: URL
    private let file: URL
    private let socket: String
    private var edge: RunningProgram?

    /// - Parameter settings: what the configuration has beside the store, its place and its lanes.
    init(_ settings: (URL) throws -> String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ct-day-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socket = folder.appending(path: "edge.sock").path
        file = folder.appending(path: "store.yaml")
        let configuration = """
            store: {name: Storgata, region: "NO", company: storgata}
            state: \(folder.path)/state
            key: \(folder.path)/state/key
            listen: {port: 0, unix: \(socket)}
            lanes: [{name: "1", devices: []}, {name: "2", devices: []}]
            usb: virtual
            sample_store: true
            \(try settings(folder))
            """
        try configuration.write(to: file, atomically: true, encoding: .utf8)
    }

    deinit {
        edge?.terminate()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A file that only its owner may read.
    static func secret(_ text: String, in folder: URL, named name: String) throws -> String {
        let path = folder.appending(path: name).path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    func open() async throws {
        let edge = try RunningProgram(["run", "--config", file.path])
        self.edge = edge
        await edge.waitFor(errors: "Ready.")
        guard edge.errors().contains("Ready.") else { throw DayError(description: edge.errors()) }
    }

    /// The power goes.
    func crash() async {
        edge?.kill()
        _ = await edge?.status()
        edge = nil
    }

    func close() async {
        edge?.terminate()
        _ = await edge?.status()
        edge = nil
    }

    /// What the edge wrote since it was opened.
    var log: String { edge?.errors() ?? "" }

    func withTill<Result>(
        _ name: String = "kassa/day", _ body: (CountertopConnection) async throws -> Result
    ) async throws -> Result {
        try await CountertopClient.withConnection(to: .unix(path: socket), client: name, body)
    }
}

struct DayError: Error, CustomStringConvertible {
    let description: String
}

extension CountertopConnection {
    /// Serves a customer in a lane: a basket, a code, and what is said of it; the basket is paid.
    func serve(_ code: [UInt8], lane: String = "1", basket: String) async throws -> (scan: Scan, followUp: FollowUp?) {
        try await withLane(lane) { events in
            var events = events.makeAsyncIterator()
            _ = try await lanes.openBasket(lane: lane, basket: basket)
            _ = try await lanes.enter(lane: lane, code: code)
            var (scan, followUp): (Scan?, FollowUp?) = (nil, nil)
            while scan == nil || (scan?.resolution?.kind == .pending && followUp == nil),
                let event = try await events.next()
            {
                switch event.event {
                case .scan(let happened) where happened.data == code: scan = happened
                case .followUp(let said) where said.sequence == scan?.sequence: followUp = said
                default: break
                }
            }
            guard let scan else { throw DayError(description: "The watch ended.") }
            try await lanes.acknowledge(lane: lane, scan.position)
            _ = try await lanes.closeBasket(
                lane: lane, basket: basket, closing: Closing(outcome: .paid, saleId: basket))
            return (scan, followUp)
        }
    }
}
