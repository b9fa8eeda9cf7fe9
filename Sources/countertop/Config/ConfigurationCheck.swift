import Edge

/// What is said of a configuration file.
struct ConfigurationCheck {
    private(set) var lines: [String] = []
    /// Whether an edge would not start with it, or not do all of it.
    let isFaulty: Bool

    init(_ reading: ConfigurationReading, path: String) {
        let configuration = reading.configuration
        if reading.faults.isEmpty, let configuration {
            lines.append("\(path) can be read: \(configuration.summary)")
        }
        lines += reading.faults.map(\.description)
        if reading.isCut { lines.append("There may be more. Mend these, and check it again.") }
        let isService = UnitPlaces.govern(path)
        let handedOver = isService ? UnitCredentials() : nil
        let faults = configuration?.fileFaults(handedOver: handedOver) ?? []
        lines += faults
        isFaulty = !reading.faults.isEmpty || !faults.isEmpty
        guard let configuration else { return }
        if handedOver == nil { lines += configuration.credentialNotes }
        lines += configuration.feedNotes(isService: isService)
        guard isService, reading.faults.isEmpty else { return }
        let places = UnitPlaces(configuration)
        lines += places.differences.map { "\(path): \($0)" }
        if let command = places.command {
            lines.append("What tells the service so:")
            lines += command.split(separator: "\n").map { "  \($0)" }
        }
    }
}
