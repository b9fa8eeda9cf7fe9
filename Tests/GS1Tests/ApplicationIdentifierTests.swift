import Testing

@testable import GS1

@Suite("Application identifiers")
struct ApplicationIdentifierTests {
    @Test("The table holds all that GS1 has given out, and each line of it is read")
    func isWhole() {
        // 224 lines, of which some stand for several identifiers.
        #expect(ApplicationIdentifier.table.split(separator: "\n").count == 224)
        #expect(ApplicationIdentifier.known.count == 541)
        #expect(ApplicationIdentifier.known.values.allSatisfy { !$0.components.isEmpty })
    }

    @Test("Each component of the table is understood")
    func understandsComponents() {
        for line in ApplicationIdentifier.table.split(separator: "\n") {
            let columns = line.split(separator: "|", omittingEmptySubsequences: false)
            #expect(columns.count == 5, "\(line)")
            for component in columns[2].split(separator: " ") { #expect(Component(component) != nil, "\(line)") }
        }
    }

    @Test("No identifier begins another")
    func areApart() {
        let all = ApplicationIdentifier.known.keys
        for digits in all {
            #expect(all.allSatisfy { $0 == digits || !$0.hasPrefix(digits) }, "\(digits)")
        }
    }

    @Test("Only those whose length is given by their first two digits need no separator")
    func knowsFixedLengths() {
        let prefixes = Set(
            ApplicationIdentifier.known.values.filter { $0.fixedLength != nil }.map { $0.digits.prefix(2) })
        let expected = [
            "00", "01", "02", "03", "11", "12", "13", "15", "16", "17", "20", "31", "32", "33", "34", "35", "36",
        ]
        #expect(prefixes == Set((expected + ["41"]).map { $0.prefix(2) }))
    }

    @Test(
        "The last digit of a measure says where the point is",
        arguments: [("3103", 3), ("3922", 2), ("3695", 5), ("01", nil), ("37", nil), ("400", nil)] as [(String, Int?)])
    func countsPlaces(digits: String, places: Int?) throws {
        #expect(try #require(ApplicationIdentifier(digits)).decimalPlaces == places)
    }

    @Test("Digits that mean nothing are none", arguments: ["", "0", "04", "14", "3106", "999", "8888", "1a"])
    func refuses(digits: String) {
        #expect(ApplicationIdentifier(digits) == nil)
    }
}
