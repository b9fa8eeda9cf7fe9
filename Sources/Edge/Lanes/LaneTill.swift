/// A till's hold on a lane, one for each watch.
struct LaneTill: Sendable, Hashable {
    let watch: UInt64
    /// What the client calls itself.
    let name: String
    /// What the till made up to be known by, however often it connects; empty when it has nothing.
    var token: [UInt8] = []

    func hasToken(of other: LaneTill) -> Bool { !token.isEmpty && token == other.token }

    /// Whether both are watches of one till, as far as tills say who they are.
    func isSame(as other: LaneTill) -> Bool {
        token.isEmpty && other.token.isEmpty ? name == other.name : hasToken(of: other)
    }
}
