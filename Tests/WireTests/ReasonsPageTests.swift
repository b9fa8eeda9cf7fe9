import Foundation
import Testing

@testable import Wire

@Suite struct ReasonsPageTests {
    /// "LANE_HELD FAILED_PRECONDITION" for each reason of the sources.
    private static func reasonsOfSources() throws -> Set<String> {
        let folder = Project.root.appendingPathComponent("Sources")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var reasons: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /= WireReason\(\s*"([A-Z_]+)",\s*\.([A-Za-z]+)\)/) {
                let code = match.2.map { $0.isUppercase ? "_\($0)" : $0.uppercased() }.joined()
                reasons.insert("\(match.1) \(code)")
            }
        }
        return reasons
    }

    private static func reasonsOfPage() throws -> Set<String> {
        let page = try Project.text("Sources/Wire/Wire.docc/Reasons.md")
        return Set(page.matches(of: /\n\| ([A-Z_]+) \| ([A-Z_]+) \| [^|\n]+ \|/).map { "\($0.1) \($0.2)" })
    }

    @Test("The page of reasons has each reason of the sources with its code, and no other")
    func complete() throws {
        let reasons = try Self.reasonsOfSources()
        #expect(reasons.count > 60)
        #expect(try Self.reasonsOfPage() == reasons)
    }

    @Test("The page names the 17 status codes with their numbers")
    func codes() throws {
        let page = try Project.text("Sources/Wire/Wire.docc/Reasons.md")
        for number in UInt32(0)...16 {
            #expect(page.contains("\n| \(number) | \(StatusCode(rawValue: number).name) | "))
        }
    }
}
