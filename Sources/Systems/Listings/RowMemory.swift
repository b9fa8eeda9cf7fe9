import Synchronization

/// Remembers what each row of a listing was, so that of a listing that is read again and again only the changed rows are taken.
///
/// It is kept in memory alone: after a restart every row is taken once more, which changes nothing. A row counts as taken when
/// the page behind it is asked for.
final class RowMemory: Sendable {
    private struct State {
        /// Digests of rows by digests of their keys.
        var taken: [Int: Int] = [:]
        /// Of the page that was given last.
        var given: [Int: Int] = [:]
        var givenCursor: [UInt8] = []
    }

    private let state = Mutex(State())

    /// A page is asked for.
    /// - Parameter cursor: of the last page that was taken; `nil` from the front, where nothing was, as far as anybody knows.
    func begin(after cursor: [UInt8]?) {
        state.withLock { state in
            if cursor == nil { state.taken = [:] }
            if let cursor, cursor == state.givenCursor { state.taken.merge(state.given) { $1 } }
            state.given = [:]
            state.givenCursor = []
        }
    }

    /// Whether a row is another than the one that was taken last, or new.
    func isChanged(_ key: String, _ row: JSONNode) -> Bool {
        var hasher = Hasher()
        row.hash(into: &hasher)
        let (key, digest) = (Self.digest(key), hasher.finalize())
        return state.withLock { state in
            guard state.taken[key] != digest else { return false }
            state.given[key] = digest
            return true
        }
    }

    /// The page is given with the cursor that follows it.
    func give(_ cursor: [UInt8]) { state.withLock { $0.givenCursor = cursor } }

    private static func digest(_ key: String) -> Int {
        var hasher = Hasher()
        hasher.combine(key)
        return hasher.finalize()
    }
}

extension JSONNode {
    /// What the value is, whatever its place.
    func hash(into hasher: inout Hasher) {
        switch value {
        case .null: hasher.combine(0)
        case .bool(let flag): hasher.combine(flag)
        case .number(let text):
            hasher.combine(2)
            hasher.combine(text)
        case .text(let text):
            hasher.combine(3)
            hasher.combine(text)
        case .list(let nodes):
            hasher.combine(4)
            hasher.combine(nodes.count)
            for node in nodes { node.hash(into: &hasher) }
        case .object(let members):
            hasher.combine(5)
            hasher.combine(members.count)
            // The order of names means nothing (RFC 8259, section 4).
            for member in members.sorted(by: { $0.name < $1.name }) {
                hasher.combine(member.name)
                member.node.hash(into: &hasher)
            }
        }
    }
}
