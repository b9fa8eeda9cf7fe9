import ArgumentParser
import Edge

/// Whose store a verb is about: the same option of every verb that reads a configuration.
struct ConfigurationOption: ParsableArguments {
    @Option(name: .long, help: "The store's configuration file.", completion: .file())
    var config = UnitPlaces.configuration

    /// - Throws: ``EdgeError`` with the line and column of what is wrong.
    func read() throws -> EdgeConfiguration { try EdgeConfiguration.read(path: config) }
}
