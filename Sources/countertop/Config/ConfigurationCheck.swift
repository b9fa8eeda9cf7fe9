import Edge

/// What is said of a configuration that can be read.
struct ConfigurationCheck {
    private(set) var lines: [String] = []
    /// Whether an edge would not start with it, or not do all of it.
    let isFaulty: Bool

    init(_ configuration: EdgeConfiguration, path: String) {
        lines.append("\(path) can be read: \(configuration.summary)")
        let isService = UnitPlaces.govern(path)
        let handedOver = isService ? UnitCredentials() : nil
        let faults = configuration.fileFaults(handedOver: handedOver)
        lines += faults
        if handedOver == nil { lines += configuration.credentialNotes }
        lines += configuration.feedNotes(isService: isService)
        isFaulty = !faults.isEmpty
        guard isService else { return }
        let places = UnitPlaces(configuration)
        lines += places.differences.map { "\(path): \($0)" }
        if let command = places.command {
            lines.append("What tells the service so:")
            lines += command.split(separator: "\n").map { "  \($0)" }
        }
    }
}
