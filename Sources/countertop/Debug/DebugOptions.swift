import ArgumentParser
import Devices
import Edge
import Foundation
import Transport

/// How devices are looked at: as the edge would.
struct DebugOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "The store's configuration file, for the devices it names. By default the installed one, if any.",
        completion: .file())
    var config: String?

    @Option(
        name: .long,
        help: "The edge that may run here: the path of its Unix socket, or HOST:PORT. By default the configuration's.")
    var edge: String?

    private static let installed = UnitPlaces.configuration

    /// The edge's configuration; `nil` when none was named and none is installed. An installed one that cannot be read is
    /// complained of and done without: a fault in it must not keep anybody from looking at a device.
    func configuration() throws -> EdgeConfiguration? {
        if let config { return try EdgeConfiguration.read(path: config) }
        guard FileManager.default.fileExists(atPath: Self.installed) else { return nil }
        do {
            return try EdgeConfiguration.read(path: Self.installed)
        } catch {
            Terminal.complain("Going on without the configuration. \(error)")
            return nil
        }
    }

    func devices() throws -> DeviceConfiguration {
        try configuration()?.devices ?? DeviceConfiguration()
    }

    func validate() throws {
        guard let edge else { return }
        if case .tls = try EdgeOptions.address(edge) {
            throw ValidationError("Name an edge of this machine: the path of its Unix socket, or HOST:PORT.")
        }
    }

    /// How the store was named, for commands that are printed.
    var given: GivenPlace { GivenPlace(config: config ?? UnitPlaces.configuration, edge: edge) }

    /// What a running edge makes of the devices.
    func view(_ configuration: EdgeConfiguration?) async throws -> EdgeView {
        if let edge { return await EdgeView.ask(try EdgeOptions.address(edge)) }
        guard let configuration else { return await EdgeView.ask(.unix(path: EdgeOptions.standardSocket)) }
        return await EdgeView.ask(configuration.ownAddress)
    }
}
