extension EdgeConfiguration {
    /// Where figures and health are told to programs of the same machine.
    package struct Metrics: Sendable {
        /// On loopback; 0 lets the system choose.
        package var port: Int

        package static let standard = Metrics(port: 7435)
    }
}

extension EdgeConfiguration.Metrics {
    init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["port"])
        self = .standard
        port = try section.integer("port", in: 0...65_535) ?? port
    }
}
