import CountertopClient
import Edge
import Foundation
import Synchronization
import Transport

/// The till of `countertop try` in a terminal: it draws the lane, and scans what is typed.
struct TrySession {
    let edge: Edge
    let connection: CountertopConnection
    let lanes: [String]

    func run() async throws {
        let desk = TryDesk(store: connection.welcome.store, lanes: lanes)
        let screen = TryScreen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in lanes { group.addTask { try await watch(lane, desk, screen) } }
            screen.draw(desk.view())
            let typing = Task { await type(desk, screen) }
            group.addTask { await typing.value }
            defer {
                typing.cancel()
                group.cancelAll()
            }
            // Whatever ends first ends the session: the typing, or a watch that broke.
            try await group.next()
        }
        Terminal.write("\n")
    }

    /// Watches as the lane's till, and goes on looking on when another till takes the lane over.
    private func watch(_ lane: String, _ desk: TryDesk, _ screen: TryScreen) async throws {
        do {
            try await watch(lane, as: .till, desk, screen)
        } catch let error as CountertopError where error.reason == "LANE_TAKEN_OVER" {
            desk.say("Another till took lane \(lane) over. This one looks on.")
            try await watch(lane, as: .observer, desk, screen)
        }
    }

    private func watch(_ lane: String, as role: WatchRole, _ desk: TryDesk, _ screen: TryScreen) async throws {
        try await connection.withLane(lane, role: role) { events in
            for try await event in events {
                desk.take(event, lane: lane)
                screen.redraw(desk.view())
                guard role == .till, case .scan(let scan) = event.event else { continue }
                try await connection.lanes.acknowledge(lane: lane, scan.position)
            }
        }
    }

    private func type(_ desk: TryDesk, _ screen: TryScreen) async {
        for await line in Terminal.lines() {
            let words = line.trimmingCharacters(in: .whitespaces)
            if ["quit", "exit"].contains(words.lowercased()) { return }
            await follow(words, desk)
            screen.draw(desk.view())
        }
    }

    private func follow(_ words: String, _ desk: TryDesk) async {
        let isPlain = words.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain else {
            return desk.say("That held arrow keys or other control characters, and was not scanned. Type it again.")
        }
        do {
            try await TryOrder(words).carryOut(desk: desk, session: self)
        } catch let error as CountertopError {
            desk.say(error.message)
        } catch {
            desk.say(SystemCause.words(error))
        }
    }
}
