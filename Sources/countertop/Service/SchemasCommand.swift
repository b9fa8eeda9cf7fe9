import ArgumentParser
import Edge

/// For the package's scripts, which refuse a version that is too old for the files that are there.
struct SchemasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schemas",
        abstract: "Print the files of the state, the newest schema of each that this version reads, and what is in it.",
        shouldDisplay: false)

    func run() {
        for file in StateFile.all { Terminal.line("\(file.name) \(file.schemaVersion) \(file.contents)") }
    }
}
