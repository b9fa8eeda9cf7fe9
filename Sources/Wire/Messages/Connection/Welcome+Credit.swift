extension Welcome {
    /// So many messages of a stream may be taken before ``ClientConnection/consume(_:on:into:)`` is told of it.
    package var messagesTakenAtOnce: Int { max(1, Int(limits?.creditMessagesInitial ?? 0) / 4) }

    /// So many bytes of a stream may be taken before it is told. What all streams together keep back, and what is kept back
    /// until half of the first credit is used up, are less than that credit: so the edge never waits for credit that nobody
    /// will give.
    package var bytesTakenAtOnce: Int {
        guard let limits, features.contains(WireFeature.connectionCredit) else { return .max }
        return max(1, Int(limits.creditBytesInitial) / 4 / max(1, Int(limits.streamsMax)))
    }
}
