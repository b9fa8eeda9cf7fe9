import ArgumentParser
import CountertopClient
import Edge

/// A store of this machine, by its configuration, and its edge where that runs elsewhere than the configuration says.
struct StorePlace: ParsableArguments {
    @OptionGroup var store: ConfigurationOption

    @Option(
        name: .long,
        help:
            "The running edge's address: the path of its Unix socket, or HOST:PORT on this machine. By default the configuration's."
    )
    var edge: String?

    func validate() throws {
        guard let edge else { return }
        if case .tls = try EdgeOptions.address(edge) {
            throw ValidationError("Name an edge of this machine: the path of its Unix socket, or HOST:PORT.")
        }
    }

    /// - Returns: `nil` when nobody says where the edge is.
    func address(_ configuration: EdgeConfiguration) throws -> EdgeAddress? {
        try edge.map { try EdgeOptions.address($0) } ?? configuration.ownAddress
    }

    /// How the store was named, for commands that are printed.
    var given: GivenPlace { GivenPlace(config: store.config, edge: edge) }
}
