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
        let installed = "/etc/countertop/countertop.yaml"
        if let config { return try EdgeConfiguration.read(path: config).devices }
        guard FileManager.default.isReadableFile(atPath: installed) else { return DeviceConfiguration() }
        return try EdgeConfiguration.read(path: installed).devices
    }
}
