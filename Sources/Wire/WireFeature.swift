/// Optional features of the protocol, by the names that Hello and Welcome know them by. A connection uses those that both
/// name.
public enum WireFeature {
    /// The client gives credit in bytes for all streams together, beside that in messages for each.
    public static let connectionCredit = "connection-credit"

    /// All that this version knows.
    public static let all = [connectionCredit]
}
