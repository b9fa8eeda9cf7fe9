import Crypto
package import Foundation
import Synchronization

/// The numbers of the articles that a system outside knows, to tell an article from a card whose number looks like one. It holds
/// nothing of a customer, and is kept in a file so that it is there after a restart without the internet.
package final class ArticleList: Sendable {
    /// Articles of a store.
    package static let articlesMax = 1_000_000
    /// "CTAR", a version, the time, the count; the numbers follow, then their SHA-256.
    private static let head = Array("CTAR0001".utf8)

    private struct State {
        /// In their order.
        var numbers: [UInt64] = []
        var readAt: Date?
    }

    private let path: String
    private let state: Mutex<State>

    /// Reads what the last run has written. A file that is not whole is as none: it is read anew from the system.
    package init(path: String) {
        self.path = path
        state = Mutex(Self.read(path) ?? State())
    }

    package var count: Int { state.withLock { $0.numbers.count } }

    /// When the system last gave the whole list; `nil` when it never did.
    package var readAt: Date? { state.withLock(\.readAt) }

    /// Whether there is an article of this number.
    /// - Parameter gtin14: 14 digits.
    package func holds(_ gtin14: String) -> Bool {
        guard let number = UInt64(gtin14) else { return false }
        return state.withLock { state in
            var (low, high) = (0, state.numbers.count)
            while low < high {
                let middle = (low + high) / 2
                if state.numbers[middle] < number { low = middle + 1 } else { high = middle }
            }
            return low < state.numbers.count && state.numbers[low] == number
        }
    }

    /// Takes the place of the list there was, on the disk first.
    /// - Throws: ``SystemsError`` `replicaUnwritable`; the list stays as it was.
    func replace(_ numbers: Set<UInt64>, at time: Date) throws(SystemsError) {
        let sorted = numbers.sorted()
        var bytes = Self.head
        bytes.reserveCapacity(24 + sorted.count * 8 + 32)
        Self.append(UInt64(max(0, time.timeIntervalSince1970)), to: &bytes)
        Self.append(UInt64(sorted.count), to: &bytes)
        for number in sorted { Self.append(number, to: &bytes) }
        bytes += SHA256.hash(data: bytes)
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw SystemsError(
                .replicaUnwritable, "The list of articles cannot be written to \(path). Check the disk.")
        }
        state.withLock { $0 = State(numbers: sorted, readAt: time) }
    }

    private static func read(_ path: String) -> State? {
        guard let data = FileManager.default.contents(atPath: path), data.count >= 56 else { return nil }
        let bytes = Array(data)
        let body = bytes.dropLast(32)
        guard Array(body.prefix(8)) == head, Array(SHA256.hash(data: body)) == Array(bytes.suffix(32)) else {
            return nil
        }
        let count = Int(clamping: number(bytes, 16))
        guard count <= articlesMax, body.count == 24 + count * 8 else { return nil }
        return State(
            numbers: (0..<count).map { number(bytes, 24 + $0 * 8) },
            readAt: Date(timeIntervalSince1970: Double(number(bytes, 8))))
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt64 {
        bytes[place..<place + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
