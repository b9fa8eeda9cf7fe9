import ArgumentParser
import Edge

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Look after the key under which the store's data is sealed.",
        subcommands: [Create.self, Rotate.self, Retire.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key file, where there is none.",
            discussion: """
                Installing does this. The file is its owner's alone (mode 0600); keep a copy where the box is not: what is \
                sealed under the key cannot be read without it.
                """)

        @Argument(help: "The key file.", completion: .file())
        var path = "/etc/countertop/key"

        func run() throws {
            try EdgeKey.create(at: path)
            Terminal.line("\(path) holds a new key. Keep a copy of it where this machine is not.")
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change the key, while everything stays readable.",
            discussion: """
                A new key goes into the key file, beside the present one. The edge takes it up when it starts; from then on \
                what it writes is under the new key, and what was written before is rewritten while it works. Its status \
                says when nothing needs the key before any more: then run "countertop key retire".
                """)

        @Option(name: .long, help: "The store's configuration, which names the key file.")
        var config = "/etc/countertop/countertop.yaml"

        func run() throws {
            let path = try EdgeConfiguration.read(path: config).keyPath
            let generation = try EdgeKey.rotate(at: path)
            Terminal.line(
                "\(path) holds key number \(generation), and the one before. Copy the file anew to where this machine is "
                    + "not, then start the edge again: sudo systemctl restart countertop")
        }
    }

    struct Retire: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the key before out of the key file, once nothing needs it.",
            discussion: """
                It is refused while a file of the store is not rewritten yet. Keep a copy of the key before for as long as \
                there are backups that were made before.
                """)

        @Option(name: .long, help: "The store's configuration, which names the key file and the state.")
        var config = "/etc/countertop/countertop.yaml"

        func run() throws {
            let configuration = try EdgeConfiguration.read(path: config)
            let older = try EdgeKey.retire(at: configuration.keyPath, state: configuration.statePath)
            Terminal.line(
                "\(configuration.keyPath) holds the present key alone. Copy the file anew to where this machine is not, then "
                    + "start the edge again: sudo systemctl restart countertop")
            guard !older.isEmpty else { return }
            Terminal.line(
                "Only the key before opens what was set aside in \(configuration.statePath): "
                    + older.joined(separator: ", "))
        }
    }
}
