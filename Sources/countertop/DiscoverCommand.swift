import ArgumentParser
import Foundation

struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "List the edges that announce themselves on this network.",
        discussion: """
            It asks Avahi (package avahi-utils). What it finds is a hint: only pairing says which edge is the store's.
            """)

    static let program = "/usr/bin/avahi-browse"

    func run() async throws {
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            throw Self.failed("\(Self.program) is not there. Install it: apt install avahi-utils")
        }
        let browse = Process()
        browse.executableURL = URL(fileURLWithPath: Self.program)
        browse.arguments = ["--resolve", "--terminate", "--parsable", "--no-db-lookup", "_countertop._tcp"]
        let output = Pipe()
        browse.standardOutput = output
        try browse.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        browse.waitUntilExit()
        guard browse.terminationStatus == 0 else {
            throw Self.failed("avahi-browse failed. Is the Avahi daemon running? systemctl status avahi-daemon")
        }
        let edges = AnnouncedEdge.all(in: lines)
        if edges.isEmpty { Terminal.line("no edge announces itself here") }
        for edge in edges {
            Terminal.line("\(edge.host):\(edge.port)  \(edge.addresses.joined(separator: ", "))  \(edge.name)")
        }
    }

    private static func failed(_ message: String) -> ExitCode {
        Terminal.complain("Error: \(message)")
        return ExitCode.failure
    }
}
