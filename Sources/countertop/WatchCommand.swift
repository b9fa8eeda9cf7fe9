import ArgumentParser
import CountertopClient

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Print what happens in a lane, a line an event.",
        discussion:
            "It only looks on. With --till it is the lane's till: it takes the lane's scans and acknowledges them. With --stay it "
            + "connects again whenever the connection is lost, and goes on after the last scan.")

    @Argument(help: "The lane.")
    var lane = "1"

    @Flag(name: .long, help: "Be the lane's till.")
    var till = false

    @Flag(name: .long, help: "Be the lane's till in the place of the one that is.")
    var takeOver = false

    @Flag(name: .long, help: "Connect again when the connection is lost, until Ctrl-C.")
    var stay = false

    @OptionGroup var options: EdgeOptions

    private var role: WatchRole { takeOver ? .takeOver : till ? .till : .observer }

    func run() async throws {
        if stay { return try await follow() }
        try await options.withEdge { edge in
            try await edge.withLane(lane, role: role) { events in
                for try await event in events {
                    guard let line = EventLine(event)?.text else { continue }
                    // A scan that nobody reads is not acknowledged: it waits for the lane's next till.
                    guard Terminal.hasReader(of: Terminal.printable(Array(line.utf8)) + "\n") else { return }
                    if role != .observer, case .scan(let scan) = event.event {
                        try await edge.lanes.acknowledge(lane: lane, scan.position)
                    }
                }
            }
        }
    }

    private func follow() async throws {
        let role = role
        try await options.withLink { link in
            try await link.withLane(lane, role: role, tillToken: OperationID().bytes, acknowledging: .byHand) { feed in
                for try await event in feed {
                    guard let line = EventLine(event)?.text else { continue }
                    guard Terminal.hasReader(of: Terminal.printable(Array(line.utf8)) + "\n") else { return }
                    if role != .observer, case .scan(let scan) = event { feed.acknowledge(scan.position) }
                }
            }
        }
    }
}
