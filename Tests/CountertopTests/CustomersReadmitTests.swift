import Foundation
import Testing

/// A customer who is forgotten, stays so, and wishes to be a customer again, by the verbs that a person types.
@Suite(.timeLimit(.minutes(3))) struct CustomersReadmitTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ct-again-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func configuration() throws -> String {
        let file = folder.appending(path: "store.yaml")
        try """
        store: {name: Kaffe, region: "NO", company: kaffe}
        state: \(folder.path)/state
        key: \(folder.path)/state/key
        listen: {port: 0, unix: \(folder.path)/edge.sock}
        lanes: [{name: "1", devices: []}]
        usb: virtual
        feeds:
          - {name: members, file: \(folder.path)/members.csv, schedule: daily at 03:00, allow: [name, customer_card]}
        """.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    private func write(_ rows: String) throws {
        try "key,name,customer_card\n\(rows)\n".write(
            to: folder.appending(path: "members.csv"), atomically: true, encoding: .utf8)
    }

    private func run(_ arguments: [String]) async throws -> Program {
        try await Program.run(arguments + ["--edge", folder.path + "/edge.sock"])
    }

    /// Asks until a code is somebody's.
    private func waitFor(code: String) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let answer = try await run(["resolve", code])
            if answer.output.contains("Nordås") || answer.output.contains("Ås") { return answer.output }
        }
        throw DayError(description: "\(code) is nobody's")
    }

    @Test("Whoever was erased stays away however often the file is read, and is back when it is wished for, by key")
    func erasedAndReadmitted() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("4711,Kari Nordås,CARD1")
        let edge = try RunningProgram(["run", "--config", try configuration()])
        await edge.waitFor(errors: "Ready.")
        _ = try await waitFor(code: "CARD1")
        let erased = try await run(["customers", "erase", "--code", "CARD1", "--yes"])
        #expect(erased.status == 0 && erased.output.contains("erased: the record"), "\(erased.errors)")

        try write("4711,Kari Nordås,CARD1\n4712,Ola Ås,CARD2")
        let read = try await run(["customers", "feeds", "--run", "members"])
        #expect(read.status == 1 && read.output.contains("1 refused"), "\(read.output)")
        _ = try await waitFor(code: "CARD2")
        let away = try await run(["resolve", "CARD1"])
        #expect(!away.output.contains("Nordås"))

        let other = try await run(["customers", "readmit", "--feed", "nobody", "--key", "4713"])
        #expect(other.status == 1 && other.errors.contains("Nobody by that name was erased here"), "\(other.errors)")
        let wrong = try await run(["customers", "readmit", "--feed", "members"])
        #expect(wrong.status == 64 && wrong.errors.contains("--feed and --key, or by --id"), "\(wrong.errors)")
        let back = try await run(["customers", "readmit", "--feed", "members", "--key", "4711"])
        #expect(back.status == 0 && back.output.contains("the feed is read from the front now"), "\(back.errors)")
        _ = try await waitFor(code: "CARD1")
        let again = try await run(["customers", "readmit", "--feed", "members", "--key", "4711"])
        #expect(again.status == 0 && again.output.contains("or he is readmitted already"), "\(again.errors)")
        edge.terminate()
        _ = await edge.status()
        let audit = try String(contentsOfFile: folder.path + "/state/audit-changes.log", encoding: .utf8)
        #expect(audit.contains("Privacy/Readmit") && !audit.contains("4711"))
    }
}
