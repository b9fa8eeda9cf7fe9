import Foundation
import Testing

/// The table of capabilities promises a test for each, which has to be there.
@Suite struct CapabilityTableTests {
    /// A row: its number, and the cells that say what shows it with and without the internet.
    private struct Row {
        let number: Int
        let cells: [String]
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardized

    private static func rows() throws -> [Row] {
        let page = root.appending(path: "Sources/Systems/Systems.docc/Capabilities.md")
        return try String(contentsOf: page, encoding: .utf8).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard line.hasPrefix("| "), parts.count == 4, let number = Int(parts[0]) else { return nil }
            return Row(number: number, cells: Array(parts[2...]))
        }
    }

    /// The tests of each suite, by the suite's name.
    private static func suites() throws -> [String: Set<String>] {
        let tests = root.appending(path: "Tests")
        var suites: [String: Set<String>] = [:]
        let files = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            let names = text.matches(of: /(?:struct|class|extension) (\w+Tests)\b/).map { String($0.output.1) }
            guard let name = names.first else { continue }
            suites[name, default: []].formUnion(
                text.matches(of: /@Test\b(?:(?!func )[\s\S])*?func (\w+)/).map { String($0.output.1) })
        }
        return suites
    }

    /// The tests that a cell names; `.test` is one of the suite before it.
    private static func named(_ cell: String) -> [(suite: String, test: String)] {
        var suite = ""
        return cell.matches(of: /`(\w*)\.(\w+)`/).compactMap { match in
            let (name, test) = (String(match.output.1), String(match.output.2))
            guard name.isEmpty || name.hasSuffix("Tests") else { return nil }
            if !name.isEmpty { suite = name }
            return suite.isEmpty ? nil : (suite, test)
        }
    }

    @Test("Every capability stands in the table once, in its order")
    func whole() throws {
        let notOfAnEdge = [91, 92]
        #expect(try Self.rows().map(\.number) == (1...106).filter { !notOfAnEdge.contains($0) })
    }

    @Test("Every cell names a test that there is, or says why there is none")
    func tests() throws {
        let suites = try Self.suites()
        #expect(suites.count > 100)
        for row in try Self.rows() {
            for cell in row.cells {
                let named = Self.named(cell)
                #expect(
                    !named.isEmpty || cell.hasPrefix("None: "), "\(row.number): '\(cell)' names no test and no reason")
                for (suite, test) in named {
                    #expect(suites[suite]?.contains(test) == true, "\(row.number): there is no test \(suite).\(test)")
                }
            }
        }
    }
}
