import ArgumentParser
import Foundation

/// Where a paired till keeps its key and certificate.
struct CredentialsOptions: ParsableArguments {
    static var standardFolder: String { standardFolder(ProcessInfo.processInfo.environment) }

    /// The folder for what programs keep of a user (https://specifications.freedesktop.org/basedir-spec): HOME goes before what
    /// the system's list of users says, as with every other program. What is no whole path counts as not set.
    static func standardFolder(_ environment: [String: String]) -> String {
        let whole = { (name: String) in environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        let folder = whole("XDG_CONFIG_HOME") ?? (whole("HOME") ?? NSHomeDirectory()) + "/.config"
        return folder + "/countertop-till"
    }

    @Option(name: .long, help: "The folder for the till's key and certificate.", completion: .directory)
    var credentials: String = CredentialsOptions.standardFolder
}
