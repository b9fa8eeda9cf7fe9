import Crypto
import Foundation
import Storage
import Testing

@testable import Journal

@Suite("A journal whose process dies", .timeLimit(.minutes(2)))
struct JournalCrashTests {
    let bench: JournalBench

    init() throws { bench = try JournalBench() }

    @Test("A process killed while eight lanes scan loses nothing it handed on, and no number comes twice")
    func survivesKill() async throws {
        let directory = bench.directory.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
            let crash = try CrashingProcess(directory: directory)
            crash.scanUntilKilled()
        }
        let handedOn = try String(decoding: bench.directory.bytes("handed-on"), as: UTF8.self)
            .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(handedOn.count >= CrashingProcess.killedAfter)
        let journal = try bench.open()
        #expect(journal.setAside == nil)
        for lane in CrashingProcess.lanes {
            let kept = try journal.scans(lane: lane, after: 0, limit: 1_000)
            #expect(kept.map(\.sequence) == Array(1...UInt64(kept.count)), "lane \(lane)")
            let words = kept.map { String(decoding: $0.entry.data, as: UTF8.self) }
            for line in handedOn where line[0] == lane {
                let sequence = try #require(Int(line[1]))
                #expect(sequence <= words.count && words[sequence - 1] == line[2], "lane \(lane), \(sequence)")
            }
            let next = UInt64(kept.count + 1)
            #expect(bench.append("x", lane: lane, to: journal) == .numbered(epoch: journal.epoch, sequence: next))
        }
        journal.close()
    }
}

/// What runs in the process that is killed: it notes each scan that is handed on in a file, and dies amid them.
private struct CrashingProcess {
    static let lanes = (0..<8).map(String.init)
    static let killedAfter = 400

    let journal: ScanJournal
    let log: Int32

    init(directory: String) throws {
        log = Glibc.open("\(directory)/handed-on", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let key = StoreKey(secret: .init(data: [UInt8](repeating: 7, count: 32)), generation: 1)
        let nobody: @Sendable (JournalFault?) -> Void = { _ in }
        journal = try ScanJournal(
            path: "\(directory)/journal.db", vault: Vault(key: key), now: { JournalBench.noon }, onFault: nobody)
    }

    func scanUntilKilled() {
        let log = log
        let handedOn = Deliveries()
        for (number, lane) in CrashingProcess.lanes.enumerated() {
            Thread.detachNewThread { @Sendable [journal] in
                for index in 0... {
                    let one = DispatchSemaphore(value: 0)
                    _ = journal.append(JournalBench.entry(lane, "\(number)-\(index)")) { scan in
                        let line = Array("\(lane) \(scan.sequence) \(number)-\(index)\n".utf8)
                        _ = line.withUnsafeBytes { write(log, $0.baseAddress, $0.count) }
                        handedOn.note(scan)
                        if handedOn.all.count == CrashingProcess.killedAfter { kill(getpid(), SIGKILL) }
                        one.signal()
                    }
                    one.wait()
                }
            }
        }
        handedOn.wait(for: .max)
    }
}
