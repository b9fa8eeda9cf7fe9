import Foundation
import Testing

@testable import GS1

@Suite("What a component's characters must be")
struct ContentRuleTests {
    struct Case: Sendable {
        let rule: ContentRule
        let holds: Bool
        let value: String
    }

    static func cases() throws -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ContentRules.txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            let parts = $0.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            let rule = try #require(ContentRule(rawValue: String(parts[0])))
            return Case(rule: rule, holds: parts[1] == "yes", value: String(parts[2]))
        }
    }

    @Test("Every rule says what GS1's own implementation says", arguments: ContentRule.allCases)
    func agrees(rule: ContentRule) throws {
        let cases = try Self.cases().filter { $0.rule == rule }
        #expect(rule == .packageType || !cases.isEmpty)
        for item in cases {
            #expect(rule.holds(Array(item.value.utf8)[...]) == item.holds, "\(rule.rawValue) \(item.value)")
        }
    }
}
