import ArgumentParser
import Edge
import Foundation

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of what is there, on this box or a new one.",
        discussion: """
            Stop the edge first (systemctl stop countertop), and start it again afterwards. What is there is kept under \
            another name. Tills need not be paired again: they know the store by its identity, which is in the backup. What \
            was revoked or erased after the backup was made has to be revoked and erased again. Never let two boxes run on one backup. Run it as root.
            """)

    @Argument(help: "The backup.", completion: .file())
    var file: String

    @Option(name: .long, help: "Where the edge's configuration is, or goes.")
    var config = "/etc/countertop/countertop.yaml"

    @Flag(name: .long, help: "Leave the configuration of this box as it is.")
    var keepConfiguration = false

    func run() throws {
        let restoring = StoreRestoring(
            URL(fileURLWithPath: file).path, configurationPath: config, keepsConfiguration: keepConfiguration)
        for line in try restoring.run() { Terminal.line(line) }
        Terminal.line("Start the edge: systemctl start countertop")
    }
}
