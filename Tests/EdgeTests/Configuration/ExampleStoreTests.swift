import Foundation
import Systems
import Testing

@testable import Edge

@Suite struct ExampleStoreTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "../../../packaging/examples")

    private static func files() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder.standardized, includingPropertiesForKeys: nil).filter {
            $0.pathExtension == "yaml"
        }.sorted { $0.path < $1.path }
    }

    @Test("Each example store can be read, and has a system or cards of its own")
    func examples() throws {
        let files = try Self.files()
        #expect(files.count >= 3)
        for file in files {
            let configuration = try EdgeConfiguration.read(path: file.path)
            #expect(!configuration.systems.isEmpty || configuration.cards != nil, "\(file.lastPathComponent)")
        }
    }

    @Test("Each kind of system has an example, and a page with every setting and its default")
    func pages() throws {
        let kinds = try Self.files().flatMap { try EdgeConfiguration.read(path: $0.path).systems.map(\.kind) }
        let docc = Self.folder.appending(path: "../../Sources/Systems/Systems.docc").standardized
        let pages = try FileManager.default.contentsOfDirectory(at: docc, includingPropertiesForKeys: nil).map {
            try String(contentsOf: $0, encoding: .utf8)
        }
        for kind in ConnectorKinds.all {
            #expect(kinds.contains(kind.kind), "\(kind.kind) has no example")
            for rule in kind.rules {
                let row = pages.flatMap { $0.split(separator: "\n") }.first { line in
                    line.hasPrefix("| `\(rule.name)` |")
                        && (rule.standard.map { line.contains("| `\($0)` |") } ?? true)
                }
                #expect(row != nil, "\(kind.kind): \(rule.name) is on no page with its default")
            }
        }
    }
}
