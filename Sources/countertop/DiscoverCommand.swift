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
            throw ValidationError("\(Self.program) is not there. Install it: apt install avahi-utils")
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
            throw ValidationError("avahi-browse failed. Is the Avahi daemon running? systemctl status avahi-daemon")
        }
        let edges = AnnouncedEdge.all(in: lines)
        if edges.isEmpty { Terminal.line("no edge announces itself here") }
        for edge in edges { Terminal.line("\(edge.host):\(edge.port)  \(edge.address)  \(edge.name)") }
    }
}

/// An edge as Avahi tells of it.
struct AnnouncedEdge: Hashable {
    let name: String
    let host: String
    let address: String
    let port: Int

    /// The edges in what `avahi-browse --parsable --resolve` prints (avahi-browse(1)): `=;interface;protocol;name;type;domain;
    /// host;address;port;texts`, with `\\DDD` for bytes that are no letters.
    static func all(in text: String) -> [AnnouncedEdge] {
        var edges: [AnnouncedEdge] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ";", maxSplits: 9, omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 9, fields[0] == "=", let port = Int(fields[8]) else { continue }
            let edge = AnnouncedEdge(name: unescaped(fields[3]), host: fields[6], address: fields[7], port: port)
            if !edges.contains(edge) { edges.append(edge) }
        }
        return edges
    }

    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.popFirst() {
            if first == UInt8(ascii: "\\"), rest.count >= 3,
                let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self))
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(first)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
