import ArgumentParser
import Foundation

/// Where a paired till keeps its key and certificate.
struct CredentialsOptions: ParsableArguments {
    static var standardFolder: String {
        let folder = ProcessInfo.processInfo.environment["XDG_CONFIG_HOME"] ?? NSHomeDirectory() + "/.config"
        return folder + "/countertop-till"
    }

    @Option(name: .long, help: "The folder for the till's key and certificate.")
    var credentials: String = CredentialsOptions.standardFolder
}
