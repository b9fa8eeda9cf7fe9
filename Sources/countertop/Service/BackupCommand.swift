import ArgumentParser
import Edge
import Foundation

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write what cannot be got again into one file, while the edge runs.",
        discussion: """
            The journal with what is not sent yet, the tills, the store's own cards and members, the edge's identity on the \
            network, the audit log, the configuration with the files of passwords and certificates that it names, and the \
            keys. Whoever has the file can be the store's edge: keep it where no stranger comes, or leave keys and passwords \
            out (--without-key) and keep them apart. Run it as root.
            """)

    @Argument(help: "The file to write, which must not be there yet.", completion: .file())
    var file: String

    @OptionGroup var store: ConfigurationOption

    @Flag(name: .long, help: "Leave out the keys, and the passwords and certificates that the configuration names.")
    var withoutKey = false

    @Flag(
        name: .long,
        help: "Take the local copy of the customers along: for customers that were imported and come from no feed.")
    var withCustomers = false

    func run() throws {
        let configuration = try store.read()
        let target = URL(fileURLWithPath: file).path
        let manifest = try StoreBackup(
            configuration, path: store.config, holdsKey: !withoutKey, holdsCustomers: withCustomers
        ).write(to: target)
        for part in manifest.files { Terminal.line("\(part.name): \(part.bytes) bytes") }
        if !manifest.missing.isEmpty {
            Terminal.line("Not in it, and to be kept apart: \(manifest.missing.joined(separator: ", "))")
        }
        if !withCustomers {
            Terminal.line(
                "The customers are not in it: their sources bring them again. Those who were imported by hand come from nowhere else; "
                    + "--with-customers takes all of them along.")
        }
        Terminal.line(
            withoutKey
                ? "\(target) is written. It is of use only with the key, which is not in it: \(configuration.keyPath)"
                : "\(target) is written, the key among it: keep it where no stranger comes.")
    }
}
