import ArgumentParser
import CountertopClient
import Foundation
import QR
import Wire

struct PairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair",
        abstract: "Show a one-time code by which a till is paired, and wait for it.",
        discussion: """
            It talks to the edge of this machine. The code is good for ten minutes, once, and for five attempts. \
            Ctrl-C takes it back.
            """)

    @Option(name: .long, help: "The lane that the till serves. Without it, every lane.")
    var lane = ""

    @Option(name: .long, help: "A name by which people know the till.")
    var name = ""

    @Option(name: .long, help: "What it is for: till, display or technician.", transform: PairCommand.role)
    var role: Wire.TillRole = .till

    @OptionGroup var options: EdgeOptions

    func run() async throws {
        try await options.withEdge { edge in
            try await warn(edge)
            try await edge.tills.withInvitation(lane: lane, name: name, role: role) { invitation in
                while let event = try await invitation.next() {
                    switch event.event {
                    case .offer(let offer): show(offer)
                    case .attemptsLeft(let left):
                        Terminal.line("a wrong code came; it may be wrong \(left) times more")
                    case .till(let till): Terminal.line("paired: \(till.id), \(till.name)")
                    case nil: break
                    }
                }
            }
        }
    }

    /// A till cannot use the code as long as the edge is not where the configuration wants it on the network.
    private func warn(_ edge: CountertopConnection) async throws {
        let away = try await edge.health.check().findings.first { $0.reason == Self.addressMissing }
        guard let away else { return }
        Terminal.complain(
            "Warning: \(away.message) Until then no till can use the code: \(options.given.command("doctor"))")
    }

    private static let addressMissing = "NETWORK_ADDRESS_MISSING"

    private func show(_ offer: PairingOffer) {
        for line in QRCode(offer.code)?.lines ?? [] { Terminal.write(line + "\n") }
        let until = Date(timeIntervalSince1970: Double(offer.expiresAtUnixMs) / 1_000)
        let time = until.formatted(.iso8601.time(includingFractionalSeconds: false))
        Terminal.write(
            "\n    \(offer.code)\n\ngood until \(time) UTC, once. At the till: countertop join HOST \(offer.code)\n"
                + "HOST is a name or address of this machine; HOST:PORT where network.port is not 7433.\n")
    }

    private static func role(_ text: String) throws -> Wire.TillRole {
        switch text {
        case "till": .till
        case "display": .display
        case "technician": .technician
        default: throw ValidationError("'\(text)' is no role. Use till, display or technician.")
        }
    }
}
