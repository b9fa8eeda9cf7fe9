import ArgumentParser
import CountertopClient
import Customers
import Edge
import Foundation
import Systems

struct CustomersImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take customers from a file, CSV or JSON Lines, packed with gzip or not.",
        discussion: """
            countertop customers import members.csv --map key=customer_no --map name=first_name,last_name --map phone=mobile

            An edge that runs takes the file itself, so its user has to be allowed to read it; without one, the copy is written \
            directly. Known fields: \(RecordField.allCases.map(\.rawValue).joined(separator: ", ")). Without --map each is \
            looked for in the column of its own name; columns that stand for none are left out and never touch the disk. Rows \
            that cannot be taken are named by line and column, and the others are taken. A customer who is in the copy \
            already, by the same key of the same feed, is changed; one who stands in two rows is taken twice, and is in the \
            end as the last one says. In the end it says what became of each row. It ends with status 1 when rows were refused.
            """)

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var place: StorePlace

    @Option(
        name: .long,
        help:
            "The feed that the customers belong to. Of one that the configuration names, its fields and allow-list hold."
    )
    var feed = "import"

    @Option(name: .long, help: "csv or jsonl, where the file's name does not say it.")
    var format: String?

    @Option(name: .long, help: "Between the values of CSV. Without it, the one that the first line shows.")
    var separator: String?

    @Option(name: .long, help: "utf-8 or windows-1252.")
    var encoding: TextEncoding?

    @Option(name: .long, help: "A field and its column, or columns with commas between them: phone=mobile.")
    var map: [String] = []

    @Flag(name: .long, help: "Begin at the top, although an import of this file was broken off.")
    var anew = false

    func run() async throws {
        let configuration = try place.store.read()
        let request = try request()
        let meter = ImportMeter()
        let last = try await viaEdge(request, configuration, meter)
        let done: ImportEvent
        if let last {
            done = last
        } else {
            done = try await StandaloneImport.run(request, into: configuration) {
                Terminal.complain($0)
            } onProgress: {
                meter.show($0)
            }
        }
        meter.end()
        for line in ImportSummary(done, seconds: meter.seconds).lines { Terminal.line(line) }
        if done.rowsRefused > 0 { throw ExitCode(1) }
    }

    /// - Returns: `nil` when no edge runs.
    private func viaEdge(
        _ request: ImportRequest, _ configuration: EdgeConfiguration, _ meter: ImportMeter
    ) async throws -> ImportEvent? {
        guard let address = try place.address(configuration) else { return nil }
        var isConnected = false
        do {
            return try await CountertopClient.withConnection(to: address, client: "countertop-cli") { edge in
                isConnected = true
                return try await edge.feeds.importFile(request) { meter.show($0) }
            }
        } catch {
            if isConnected { throw error }
            return nil
        }
    }

    private func request() throws -> ImportRequest {
        let path = URL(fileURLWithPath: file).path
        guard format == nil || ["csv", "jsonl"].contains(format) else {
            throw ValidationError("'\(format ?? "")' is no format. Use csv or jsonl.")
        }
        guard format != nil || feed != "import" || RowFormat(fileName: path) != nil else {
            throw ValidationError("The name \(path) does not say what is in the file. Add --format csv or jsonl.")
        }
        return ImportRequest(
            path: path, feed: feed, format: format ?? "", separator: try separatorByte(),
            encoding: encoding?.rawValue ?? "", columns: try columns(), anew: anew)
    }

    private func separatorByte() throws -> UInt32 {
        guard let separator else { return 0 }
        let text = separator == "\\t" || separator == "tab" ? "\t" : separator
        guard let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80, byte != 0x22, byte != 0x0A else {
            throw ValidationError("'\(separator)' cannot be between values. Use one character, such as ; or tab.")
        }
        return UInt32(byte)
    }

    private func columns() throws -> [FieldColumns] {
        try map.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, RecordField(rawValue: parts[0]) != nil else {
                let known = RecordField.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("'\(text)' maps no field. Write FIELD=COLUMN with one of \(known).")
            }
            return FieldColumns(field: parts[0], columns: parts[1].split(separator: ",").map(String.init))
        }
    }
}

extension TextEncoding: ExpressibleByArgument {}
