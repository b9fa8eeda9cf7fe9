import Foundation
import Glibc

/// Where the installed service has the store's files (packaging/systemd/countertop.service), and what has to be said to it
/// where the configuration names other places: it sees and writes nothing else.
package struct UnitPlaces: Sendable, Equatable {
    package static let key = "/etc/countertop/key"
    package static let state = "/var/lib/countertop"
    package static let runtime = "/run/countertop"
    /// The configuration that the service runs by.
    package static let configuration = "/etc/countertop/countertop.yaml"
    /// Where the service is told more.
    package static let dropIn = "/etc/systemd/system/countertop.service.d/places.conf"
    private static let units = ["/lib/systemd/system/countertop.service", "/usr/lib/systemd/system/countertop.service"]
    /// What the service cannot see (ProtectHome=, PrivateTmp=), or sees as something of its own.
    private static let hidden = ["/home", "/root", "/run/user", "/tmp", "/var/tmp"]

    /// What is not as the service has it, a sentence each.
    package private(set) var differences: [String] = []
    /// The lines of the service's drop-in that mend it.
    package private(set) var lines: [String] = []
    /// What makes folders that have to be the edge's own.
    private var making: [String] = []

    package init(_ configuration: EdgeConfiguration) {
        if configuration.keyPath != Self.key {
            differences.append(
                "The service is handed the key \(Self.key), and not \(configuration.keyPath), which the configuration names."
            )
            lines.append("LoadCredential=key:\(configuration.keyPath)")
        }
        if configuration.statePath != Self.state {
            write(configuration.statePath, "the state folder \(configuration.statePath)", mode: "700")
        }
        let unix = configuration.listen.unixPath
        guard !unix.isEmpty, !Self.holds(Self.runtime, unix), !Self.holds(configuration.statePath, unix) else { return }
        write((unix as NSString).deletingLastPathComponent, "the folder of the socket \(unix)", mode: "755")
    }

    /// Whether the service does not see a path, though it is there on the machine.
    package static func hides(_ path: String) -> Bool { hidden.contains { holds($0, path) } }

    /// Whether the service is installed on this machine, and runs by this configuration.
    package static func govern(_ path: String) -> Bool {
        path == configuration && units.contains { access($0, F_OK) == 0 }
    }

    /// What to type; `nil` when all is as the service has it.
    package var command: String? {
        guard !lines.isEmpty else { return nil }
        let text = (["[Service]"] + lines).joined(separator: "\\n")
        return
            (making + [
                "sudo install -d \((Self.dropIn as NSString).deletingLastPathComponent)",
                "printf '\(text)\\n' | sudo tee \(Self.dropIn)",
                "sudo systemctl daemon-reload && sudo systemctl restart countertop",
            ]).joined(separator: "\n")
    }

    private mutating func write(_ folder: String, _ what: String, mode: String) {
        if let hidden = Self.hidden.first(where: { Self.holds($0, folder) }) {
            differences.append(
                "The service does not see \(what), because it has no \(hidden) of the machine's. Name another place in the "
                    + "configuration.")
            return
        }
        differences.append("The service may not write to \(what).")
        let parts = folder.split(separator: "/")
        if parts.count == 2, parts[0] == "run" {
            // It comes and goes with the service, as everything in /run does.
            return lines.append("RuntimeDirectory=countertop \(parts[1])")
        }
        lines.append("ReadWritePaths=\(folder)")
        making.append("sudo install -d -m \(mode) -o countertop -g countertop \(folder)")
    }

    private static func holds(_ folder: String, _ path: String) -> Bool {
        path == folder || path.hasPrefix(folder + "/")
    }
}
