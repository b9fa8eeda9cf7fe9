import Foundation
import Testing

@testable import Systems

@Suite struct RowFuzzCorpusTests {
    @Test("What the fuzzers began with and found holds")
    func replays() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fuzz/Corpus").standardized
        let targets: [(String, ([UInt8]) -> String?)] = [
            ("CustomerCSV", RowProperties.csvDoesNotDependOnCuts),
            ("CustomerJSONLines", RowProperties.jsonLinesDoNotDependOnCuts),
        ]
        for (name, property) in targets {
            let folder = root.appending(path: name)
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            #expect(files.count >= 10)
            for file in files {
                #expect(property([UInt8](try Data(contentsOf: file))) == nil, "\(name)/\(file.lastPathComponent)")
            }
        }
    }
}
