import Crypto
import Foundation
import Synchronization

/// The cards of clients who have none: made for those of the groups that a card template stands for, once they have a phone
/// number.
final class PosterCards: Sendable {
    private struct State {
        var skipped: Set<String> = []
    }

    /// Groups whose clients get cards.
    let groups: Set<String>
    private let key: @Sendable () throws(SystemsError) -> Secret
    private let onMade: @Sendable (_ clientID: String, _ card: String) -> Bool
    private let state = Mutex(State())

    /// - Parameters:
    ///   - key: from which the numbers are made.
    ///   - onMade: is told of a card that Poster does not have yet, and says whether that is sure to reach it.
    init(
        groups: Set<String>, key: @escaping @Sendable () throws(SystemsError) -> Secret,
        onMade: @escaping @Sendable (_ clientID: String, _ card: String) -> Bool
    ) {
        self.groups = groups
        self.key = key
        self.onMade = onMade
    }

    /// How many clients of the groups have no phone number, and so no card.
    var skipped: Int { state.withLock { $0.skipped.count } }

    /// The first of them, by their ids.
    func skippedIDs(atMost count: Int) -> [String] {
        let ids = state.withLock { $0.skipped }
        return Array(ids.sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }.prefix(count))
    }

    /// A client's card, made when he has none; `nil` when he gets none.
    /// - Throws: ``SystemsError`` when Poster could not be told of it, so that the client is taken another time.
    func card(of row: PosterClientRow) throws(SystemsError) -> String? {
        if let card = row.card { return card }
        guard groups.contains(row.groupID) else { return nil }
        guard row.phone != nil else {
            state.withLock { state in
                if state.skipped.count < PosterLimits.skippedMax { state.skipped.insert(row.clientID) }
            }
            return nil
        }
        state.withLock { _ = $0.skipped.remove(row.clientID) }
        let card = PosterCardNumber(key: try key()).number(of: row.clientID)
        guard onMade(row.clientID, card) else {
            throw SystemsError(
                .unavailable,
                "A card was made and cannot be told, because the outbox takes nothing more. It is made again: countertop outbox."
            )
        }
        return card
    }
}

/// Makes the number of a client's card: an EAN-13 of restricted circulation (GS1 General Specifications, prefix 29), as Poster
/// recommends EAN-13 for cards. The same client gets the same number in every store and after any crash, and no two the same:
/// it is his id, permuted under a key (a Feistel network over five digits each).
struct PosterCardNumber {
    private let key: SymmetricKey

    init(key: Secret) { self.key = SymmetricKey(data: SHA256.hash(data: Data(key.text.utf8))) }

    func number(of clientID: String) -> String {
        let half: UInt64 = 100_000
        let id = (UInt64(clientID) ?? 0) % (half * half)
        var (left, right) = (id / half, id % half)
        for round in 0..<6 {
            (left, right) = (right, (left + mix(right, round: round)) % half)
        }
        let digits = "29" + Self.padded(left) + Self.padded(right)
        return digits + Self.checkDigit(digits)
    }

    private func mix(_ value: UInt64, round: Int) -> UInt64 {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(round) \(value)".utf8), using: key)
        return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } % 100_000
    }

    private static func padded(_ number: UInt64) -> String {
        let text = String(number)
        return String(repeating: "0", count: 5 - text.count) + text
    }

    /// GS1 General Specifications, section 7.9.1.
    private static func checkDigit(_ digits: String) -> String {
        let sum = digits.utf8.enumerated().reduce(0) {
            $0 + Int($1.element & 15) * ($1.offset.isMultiple(of: 2) ? 1 : 3)
        }
        return String((10 - sum % 10) % 10)
    }
}
