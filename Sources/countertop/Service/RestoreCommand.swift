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
            was revoked or erased after the backup was made has to be revoked and erased again. Never let two boxes run on one \
            backup. Run it as root.

            The configuration comes from the backup, and says where the rest goes. Another one that is named (--config) is \
            left as it is, and the rest goes where that one says.
            """)

    @Argument(help: "The backup.", completion: .file())
    var file: String

    @OptionGroup var store: ConfigurationOption

    @Flag(
        name: .long, help: "Leave \(UnitPlaces.configuration) as it is, and put the backup's files where it says.")
    var keepConfiguration = false

    func run() throws {
        let path = URL(fileURLWithPath: store.config).standardizedFileURL.path
        let isInstalled = path == UnitPlaces.configuration
        let restoring = StoreRestoring(
            URL(fileURLWithPath: file).path, configurationPath: path,
            keepsConfiguration: keepConfiguration || !isInstalled)
        for line in try restoring.run() { Terminal.line(line) }
        Terminal.line(
            isInstalled
                ? "Start the edge: systemctl start countertop"
                : "Start the edge: countertop run\(GivenPlace(config: path, edge: nil).configuration)")
    }
}
