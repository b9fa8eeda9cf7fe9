import ArgumentParser
import CountertopClient
import Edge
import Foundation

/// Plays what a store sees in a minute, once, a line a step. A step that does not come out as it should ends it.
struct SampleRound {
    /// How long the whole round may take.
    static let timeMax: Duration = .seconds(60)

    let edge: Edge
    let connection: CountertopConnection
    let lane: String

    func play() async throws {
        let health = try await connection.health.check()
        Terminal.write(
            "Countertop \(health.version) runs \"\(connection.welcome.store)\" with \(health.customers) customers; a till "
                + "watches lane \(lane).\n")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watch() }
            group.addTask {
                try await Task.sleep(for: Self.timeMax)
                throw SampleRoundError("The round took longer than \(Self.timeMax).")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
        Terminal.write("That was the round. Run \"countertop try\" in a terminal to scan for yourself.\n")
    }

    private func watch() async throws {
        try await connection.withLane(lane) { events in
            var steps = SampleSteps(round: self, events: events.makeAsyncIterator())
            for step in SampleStep.all { try await steps.play(step) }
        }
    }
}

/// The round did not come out as it should.
struct SampleRoundError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
