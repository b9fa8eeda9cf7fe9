import ArgumentParser
import CountertopClient
import Edge

/// Whose store a verb is about: the same option of every verb that reads a configuration.
struct ConfigurationOption: ParsableArguments {
    @Option(name: .long, help: "The store's configuration file.", completion: .file())
    var config = UnitPlaces.configuration

    /// Where the edge listens for programs of this machine, whatever else is wrong with the configuration: an edge may run by
    /// what stood there before.
    /// - Returns: `nil` when it names no such address.
    /// - Throws: ``EdgeError`` when it cannot be told.
    func ownAddress() throws -> EdgeAddress? {
        let reading = ConfigurationReading(path: config)
        guard reading.isWhole("listen"), reading.isWhole("network"), let configuration = reading.configuration else {
            throw reading.faults.first ?? EdgeError(.configurationUnreadable, "\(config) cannot be read.")
        }
        return configuration.ownAddress
    }

    /// - Throws: ``EdgeError`` with the line and column of what is wrong.
    func read() throws -> EdgeConfiguration { try EdgeConfiguration.read(path: config) }
}
