import CountertopClient
import Edge
import Foundation
import Synchronization

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

    private func watch(_ lane: String, _ desk: TryDesk, _ screen: TryScreen) async throws {
        try await connection.withLane(lane) { events in
            for try await event in events {
                desk.take(event, lane: lane)
                screen.redraw(desk.view())
                if case .scan(let scan) = event.event {
                    try await connection.lanes.acknowledge(lane: lane, scan.position)
                }
            }
        }
    }

    private func type(_ desk: TryDesk, _ screen: TryScreen) async {
        for await line in Terminal.lines() {
            let words = line.trimmingCharacters(in: .whitespaces)
            if words == "quit" || words == "exit" { return }
            do {
                try await TryOrder(words).carryOut(desk: desk, session: self)
            } catch let error as CountertopError {
                desk.say(error.message)
            } catch {
                desk.say("\(error)")
            }
            screen.draw(desk.view())
        }
    }
}
