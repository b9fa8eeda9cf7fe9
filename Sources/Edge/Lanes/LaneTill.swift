/// A till's hold on a lane, one for each watch.
struct LaneTill: Sendable, Hashable {
    let watch: UInt64
    /// What the client calls itself.
    let name: String
    /// Who it has proved to be; `nil` for a till that an earlier version wrote down without it.
    var caller: String?
    /// What the till made up to be known by, however often it connects; empty when it has nothing.
    var token: [UInt8] = []

    func hasToken(of other: LaneTill) -> Bool { isCaller(of: other) && !token.isEmpty && token == other.token }

    /// Whether both are watches of one till, as far as tills say who they are. What a till calls itself, and a token that
    /// it may have learnt, count only for the caller it has proved to be.
    func isSame(as other: LaneTill) -> Bool {
        guard isCaller(of: other) else { return false }
        return token.isEmpty && other.token.isEmpty ? name == other.name : hasToken(of: other)
    }

    /// Whether both are of one caller, as far as that is known.
    func isCaller(of other: LaneTill) -> Bool { caller == nil || other.caller == nil || caller == other.caller }
}
