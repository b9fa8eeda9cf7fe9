import ArgumentParser
import Devices
import Edge
import Foundation

/// How devices are looked at: as the edge would.
struct DebugOptions: ParsableArguments {
    @Option(
        name: .long, help: "The edge's configuration, for the keyboards it names. By default the installed one, if any."
    )
    var config: String?

    func devices() throws -> DeviceConfiguration {
        try edge()?.devices ?? DeviceConfiguration()
    }

    /// The edge's configuration; `nil` when none was named and none is installed.
    func edge() throws -> EdgeConfiguration? {
        let installed = "/etc/countertop/countertop.yaml"
        if let config { return try EdgeConfiguration.read(path: config) }
        guard FileManager.default.isReadableFile(atPath: installed) else { return nil }
        return try EdgeConfiguration.read(path: installed)
    }
}
