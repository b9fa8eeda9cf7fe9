import Foundation
import Storage
import Testing
import Wire

@testable import Edge

@Suite("An import while no edge runs")
struct StandaloneImportTests {
    @Test("What is found amiss with the journal is told, since no later run finds it, and the import goes on")
    func tellsOfTheJournal() async throws {
        let directory = try TemporaryDirectory()
        let configuration = try EdgeConfiguration.parse(
            yaml: """
                state: \(directory.file("state"))
                key: \(directory.file("key"))
                """, file: "store.yaml")
        let file = directory.file("members.csv")
        try "key,name,customer_card\n1,Kari Nordås,CARD1\n".write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: directory.file("state"), withIntermediateDirectories: true)
        _ = try StoreKeys.loadOrCreate(at: configuration.keyPath)
        try Data(repeating: 7, count: 8_192).write(to: URL(fileURLWithPath: directory.file("state/journal.db")))
        var findings: [String] = []
        let done = try await StandaloneImport.run(ImportRequest(path: file), into: configuration) {
            findings.append($0)
        } onProgress: { _ in
        }
        #expect(done.upserted == 1)
        #expect(findings.count == 1)
        #expect(findings.first?.contains("The journal was broken and was set aside as") == true, "\(findings)")
    }
}
