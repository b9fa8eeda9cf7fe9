import ArgumentParser
import Edge
import Foundation

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

        @Argument(help: "The key file; without it, the one that the configuration names.", completion: .file())
        var file: String?

        @OptionGroup var store: ConfigurationOption

        func run() throws {
            let path = try file ?? configuredPath()
            try EdgeKey.create(at: path)
            Terminal.line("\(path) holds a new key. Keep a copy of it where this machine is not.")
        }

        /// The installed place serves where no configuration is installed yet.
        private func configuredPath() throws -> String {
            let isThere = FileManager.default.fileExists(atPath: store.config)
            return isThere || store.config != UnitPlaces.configuration ? try store.read().keyPath : UnitPlaces.key
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change the key, while everything stays readable.",
            discussion: """
                A new key goes into the key file, beside the present one. The edge takes it up at once, or when it starts: from \
                then on what it writes is under the new key, and what was written before is rewritten while it works. Its \
                status says when nothing needs the key before any more: then run "countertop key retire".
                """)

        @OptionGroup var running: KeyPlace

        func run() async throws {
            let configuration = try running.place.store.read()
            let path = configuration.keyPath
            let generation = try EdgeKey.rotate(at: path, state: configuration.statePath)
            Terminal.line(
                "\(path) holds key number \(generation), and the one before. Copy the file anew to where this machine is not."
            )
            switch try await running.tell(configuration) {
            case .taken:
                Terminal.line(
                    "The edge seals under the new key from now on, and rewrites what is under the one before while it works. "
                        + "How far it is: \(running.place.given.command("status"))")
            case .noEdge: Terminal.line("No edge runs; it takes the key up when it starts.")
            case .refused(let message):
                Terminal.complain("The running edge did not take the key up: \(message)")
                throw ExitCode.failure
            }
        }
    }

    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the key before out of the key file, once nothing needs it.",
            discussion: """
                It is refused while a file of the store is not rewritten yet. A running edge forgets the key as well. Keep a \
                copy of the key before for as long as there are backups that were made before.
                """)

        @OptionGroup var running: KeyPlace

        func run() async throws {
            let configuration = try running.place.store.read()
            let older = try EdgeKey.retire(at: configuration.keyPath, state: configuration.statePath)
            Terminal.line(
                "\(configuration.keyPath) holds the present key alone. Copy the file anew to where this machine is not."
            )
            if !older.isEmpty {
                Terminal.line(
                    "Only the key before opens what was set aside in \(configuration.statePath): "
                        + older.joined(separator: ", "))
            }
            guard case .refused(let message) = try await running.tell(configuration) else { return }
            Terminal.complain("The running edge still holds the key before: \(message)")
            throw ExitCode.failure
        }
    }
}
