import Customers
import Testing

@testable import Edge

@Suite struct IdentifierConfigurationTests {
    private func parse(_ identifiers: String) throws -> EdgeConfiguration {
        try EdgeConfiguration.parse(yaml: "identifiers:\n" + identifiers, file: "store.yaml")
    }

    @Test("Kinds of code are read with their names, patterns and types")
    func reads() throws {
        let configuration = try parse(
            """
              - {name: member QR, pattern: 'https://club\\.example/m/(\\d+)', is: external_id}
              - {name: old card, pattern: '9(\\d{12})', is: customer_card}
            """)
        #expect(configuration.identifiers.map(\.name) == ["member QR", "old card"])
        #expect(configuration.identifiers.map(\.type) == [.externalID, .customerCard])
        let code = Array("https://club.example/m/77".utf8)
        #expect(configuration.identifiers[0].identifier(in: code) == Identifier(type: .externalID, value: "77"))
    }

    @Test(
        "What is wrong is said with its line, and where in the pattern",
        arguments: [
            ("  - {name: a, pattern: 'x(', is: phone}", "store.yaml:2:", "At its character 2, the group is not closed"),
            ("  - {name: a, pattern: '(?:a*)\\1', is: phone}", "store.yaml:2:", "At its character 7, this letter"),
            ("  - {name: a, pattern: '\\d*', is: phone}", "store.yaml:2:", "a code without a sign fits it"),
            ("  - {name: a, pattern: 'x', is: passport}", "store.yaml:2:", "It must be one of customer_card"),
            ("  - {name: a, pattern: 'x'}", "store.yaml:2:", "does not say as what"),
            ("  - {pattern: 'x', is: phone}", "store.yaml:2:", "needs a name"),
            ("  - {name: a, is: phone}", "store.yaml:2:", "needs a pattern"),
            (
                "  - {name: a, pattern: x, is: phone}\n  - {name: a, pattern: y, is: phone}", "store.yaml:3:",
                "described twice"
            ),
        ])
    func tellsMistakes(identifiers: String, place: String, words: String) {
        let error = #expect(throws: EdgeError.self) { try parse(identifiers) }
        #expect(error?.message.hasPrefix(place) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
}
