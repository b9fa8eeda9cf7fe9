/// The two characters that check a text (GS1 General Specifications, section 7.9).
enum CheckPair {
    static func holds(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count >= 2, value.count - 2 <= primes.count else { return false }
        var sum = 0
        for (byte, prime) in zip(value.dropLast(2).reversed(), primes) {
            guard let weight = CharacterSet.position82(of: byte) else { return false }
            sum += weight * prime
        }
        sum %= 1021
        return value.suffix(2).elementsEqual([characters[sum >> 5], characters[sum & 31]])
    }

    private static let characters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

    /// The weights from the right: the primes, as many as the longest text needs.
    private static let primes: [Int] = {
        var found: [Int] = []
        var candidate = 2
        while found.count < 97 {
            if found.allSatisfy({ !candidate.isMultiple(of: $0) }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }()
}
