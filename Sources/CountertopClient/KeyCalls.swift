public import Wire

/// The key under which the store's data is sealed, for those who administer the edge. See ``CountertopConnection/keys``.
public struct KeyCalls: Sendable {
    /// How long an edge may take: the last step of a rewriting waits for readers.
    public static let callDeadline: Duration = .seconds(30)

    let connection: CountertopConnection

    /// Has the edge take up the keys of a key file that was changed.
    /// - Parameter sealedKeyFile: what stands in the file, sealed under the older of its keys.
    public func takeUp(
        sealedKeyFile: [UInt8], deadline: Duration = callDeadline
    ) async throws(CountertopError) -> TakeUpKeysAnswer {
        try await connection.call(
            "countertop.v1.Keys/TakeUp", TakeUpKeysRequest(sealedKeyFile: sealedKeyFile), deadline: deadline)
    }
}
