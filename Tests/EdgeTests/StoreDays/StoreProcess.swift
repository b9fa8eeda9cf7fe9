import CountertopClient
import Foundation
import Glibc
import Transport

@testable import Edge

/// A store of a test: an edge in a process of its own, as it is installed, which can be killed and started again.
final class StoreProcess {
    let directory: TemporaryDirectory
    private var process: Process?
    private let configuration: String

    /// - Parameter systems: the entries of `systems`, each line indented by two.
    init(systems: String) throws {
        directory = try TemporaryDirectory()
        configuration = """
            store: {name: Day, region: NO, company: nordmat, zone: Europe/Oslo}
            state: \(directory.file("state"))
            key: \(directory.file("key"))
            listen: {port: 0, unix: "\(directory.file("edge.sock"))"}
            lanes: [{name: "1"}, {name: "2"}]
            usb: virtual
            systems:
            \(systems)

            """
    }

    deinit { process?.terminate() }

    /// A file that only its owner may read, beside the configuration.
    static func secret(_ text: String, in directory: String, named name: String) throws -> String {
        let path = directory + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    /// Starts the edge. It is there when a till can connect.
    func start() throws {
        let file = directory.file("countertop.yaml")
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        let log = directory.file("log")
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try output.seekToEnd()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let process = Process()
        process.executableURL = root.appending(path: ".build/debug/countertop")
        process.arguments = ["run", "--config", file]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = process
    }

    /// Ends it as a power cut does.
    func kill() {
        guard let process else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        var ending = siginfo_t()
        while waitid(P_PID, id_t(process.processIdentifier), &ending, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        self.process = nil
    }

    /// Connects a till, once the edge is there.
    func withTill<Result>(_ body: (CountertopConnection) async throws -> Result) async throws -> Result {
        let address = EdgeAddress.unix(path: directory.file("edge.sock"))
        for _ in 0..<600 {
            do {
                return try await CountertopClient.withConnection(to: address, client: "kassa/day") { edge in
                    do { return try await body(edge) } catch { throw DayFailure(cause: error) }
                }
            } catch let failure as DayFailure {
                throw failure.cause
            } catch {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        throw RigError(description: "No till can connect: \(log.suffix(2_000))")
    }

    var log: String { (try? String(contentsOfFile: directory.file("log"), encoding: .utf8)) ?? "" }

    private struct DayFailure: Error { let cause: any Error }
}

extension CountertopConnection {
    /// Asks again and again until something is so, for a minute: outside there is nobody who could tell when.
    func eventually(
        _ what: String, within time: Duration = .seconds(60), _ isSo: (CountertopConnection) async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + time
        while try await !isSo(self) {
            guard .now < end else { throw RigError(description: "Not within \(time): \(what)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// A basket from its opening to its payment, with the customer of a code.
    func sell(_ sale: String, to code: String, lane: String = "1", total: Int64) async throws {
        try await openBasket(sale, lane)
        guard let customer = try await customers.resolve(code: code).customer else {
            throw RigError(description: "Nobody has the code of sale \(sale).")
        }
        try await lanes.attachCustomer(lane: lane, basket: sale, customer: customer.id)
        let money = Money(currency: "NOK", minorUnits: total)
        let closing = Closing(
            outcome: .paid, saleId: sale, total: money,
            lines: [
                SaleLine(gtin: "7038010000010", description: "Milk", quantityThousandths: 1_000, total: money)
            ])
        try await lanes.closeBasket(lane: lane, basket: sale, closing: closing)
    }

    private func openBasket(_ sale: String, _ lane: String) async throws {
        try await lanes.openBasket(lane: lane, basket: sale)
    }

    /// Has an entry of the outbox tried again, once nobody is at it, unless it has arrived by itself.
    func retryOnceStill(_ entry: UInt64) async throws {
        try await eventually("nobody is at the entry") { edge in
            do {
                _ = try await edge.outbox.retry(entry)
                return true
            } catch {
                let reason = (error as? CountertopError)?.reason
                guard reason == "ENTRY_MOVING" || reason == "ENTRY_ENDED" else { throw error }
                return reason == "ENTRY_ENDED"
            }
        }
    }

    /// Waits until nothing is on its way to a system any more.
    func eventuallySent() async throws {
        try await eventually("the outbox is empty") { edge in
            let answer = try await edge.outbox.list()
            return answer.entries.isEmpty
        }
    }
}
