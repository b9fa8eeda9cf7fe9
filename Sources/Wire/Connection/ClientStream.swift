/// A stream as the client sees it.
struct ClientStream: Sendable {
    /// How many messages the edge may still send.
    var credit: Int
    /// How many messages were taken since credit was given last.
    var consumed = 0
    /// The bytes of each message that was handed on and not taken yet, in order. The edge's credit bounds them.
    var untaken: [Int] = []
    /// When the answer is of no use any more.
    let deadline: Duration?
    /// The request, while it waits for another stream to end.
    var waiting: Request?
}
