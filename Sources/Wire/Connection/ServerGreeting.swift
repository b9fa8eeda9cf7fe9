/// What an edge tells of itself in its Welcome, and what it can agree to.
package struct ServerGreeting: Sendable {
    /// Name and version of the edge: "countertop/0.1.0".
    package var edge: String
    /// The store's name from the configuration.
    package var store: String
    /// The protocol versions this edge speaks.
    package var versions: ClosedRange<UInt32>
    /// The optional features this edge knows.
    package var features: [String]

    package init(
        edge: String, store: String, versions: ClosedRange<UInt32> = 1...1, features: [String] = WireFeature.all
    ) {
        self.edge = edge
        self.store = store
        self.versions = versions
        self.features = features
    }

    /// The answer to a Hello: the highest version both speak, and the features both know.
    /// - Returns: `nil` when there is no such version.
    func welcome(_ hello: Hello, _ limits: ConnectionLimits, nonce: [UInt8] = []) -> Welcome? {
        let version = min(hello.versionMax, versions.upperBound)
        guard hello.versionMin <= hello.versionMax, version >= hello.versionMin, versions.contains(version) else {
            return nil
        }
        return Welcome(
            version: version, features: features.filter(hello.features.contains), limits: limits.told, edge: edge,
            store: store, nonce: nonce)
    }

    /// What the edge tells who asks what it serves.
    package func description(calls: [String], _ limits: ConnectionLimits) -> DescribeAnswer {
        DescribeAnswer(
            fileDescriptorSet: ServedFiles.packed, calls: calls, versionMin: versions.lowerBound,
            versionMax: versions.upperBound, features: features, limits: limits.told, edge: edge)
    }
}

extension ConnectionLimits {
    /// What a client is told of them.
    package var told: Limits {
        Limits(
            frameBytesMax: UInt32(clamping: frames.frameBytesMax), streamsMax: UInt32(clamping: streamsMax),
            creditMessagesInitial: UInt32(clamping: creditInitial),
            creditBytesInitial: UInt32(clamping: creditBytesInitial))
    }
}
