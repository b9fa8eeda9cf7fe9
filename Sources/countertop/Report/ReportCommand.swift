import ArgumentParser
import Edge
import Foundation

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Pack what support needs to know into one archive, without secrets and personal data.",
        discussion: """
            Versions, the configuration with its secrets left out, how the edge stands, what the doctor finds, the log, the \
            devices, the files of the state by name and size. Captures keep their times and lengths, and nothing of what was \
            scanned. Look into it before you send it: tar -tzf FILE. With sudo it has everything.
            """)

    @Argument(help: "The archive to write, which must not be there yet.", completion: .file())
    var file = "countertop-report.tar.gz"

    @OptionGroup var place: StorePlace

    @Option(name: .long, help: "A capture of countertop debug record that goes along; may come again.")
    var capture: [String] = []

    func run() async throws {
        let target = URL(fileURLWithPath: file).path
        guard !FileManager.default.fileExists(atPath: target) else {
            throw ValidationError("\(target) is there already. Name a file that is not.")
        }
        let parts = try await SupportReport(place: place, captures: capture).parts()
        let folder = FileManager.default.temporaryDirectory.appending(path: "countertop-report-\(UUID().uuidString)")
        let content = folder.appending(path: "countertop-report")
        try FileManager.default.createDirectory(
            at: content.appending(path: "captures"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        for part in parts { try part.bytes.write(to: content.appending(path: part.name)) }
        try Archive.pack(folder.path, into: target)
        for part in parts { Terminal.line("\(part.name): \(part.bytes.count) bytes") }
        Terminal.line("\(target) is written. Look into it before you send it.")
    }
}
