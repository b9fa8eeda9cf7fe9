import Devices
import Edge
import Foundation
import Synchronization

/// Uses and pulls the lanes' virtual scanners as it is told, a line for each order and one for its answer:
///
///     scan LANE CODE      true when the scanner has read it, false while it is unplugged or told to read nothing
///     pull LANE           true
///     plug LANE           true
final class DeviceDesk: Sendable {
    private let lanes: [String: VirtualLaneDevices]
    private let scanners: Mutex<[String: VirtualScanner]>

    init(_ lanes: [VirtualLaneDevices]) {
        self.lanes = Dictionary(lanes.map { ($0.lane, $0) }) { first, _ in first }
        scanners = Mutex(self.lanes.compactMapValues(\.scanner))
    }

    /// Says "ready", and returns when standard input has ended.
    func serve() async {
        await withCheckedContinuation { done in
            // Lines are waited for, which would hold up a task's thread.
            let thread = Thread { @Sendable [self] in
                Self.tell("ready")
                while let line = readLine() { Self.tell(carryOut(line) ? "true" : "false") }
                done.resume()
            }
            thread.start()
        }
    }

    private func carryOut(_ line: String) -> Bool {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 2, let devices = lanes[words[1]] else { return false }
        switch (words[0], words.count) {
        case ("scan", 3): return scanners.withLock { $0[words[1]] }?.scan(Array(words[2].utf8)) ?? false
        case ("pull", 2):
            scanners.withLock { $0.removeValue(forKey: words[1]) }?.unplug()
            return true
        case ("plug", 2):
            scanners.withLock { $0[words[1]] = devices.plugScanner() }
            return true
        default: return false
        }
    }

    private static func tell(_ word: String) { FileHandle.standardOutput.write(Data("\(word)\n".utf8)) }
}
