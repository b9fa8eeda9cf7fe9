import Foundation
import Testing

@testable import Systems

@Suite struct FieldTextTests {
    @Test(
        "Numbers are read in hundredths, with a point or a comma",
        arguments: [
            ("10", 1_000), ("12.5", 1_250), ("12,50", 1_250), ("-0.05", -5), ("+3", 300), ("10%", 1_000), ("0.999", 99),
            ("92233720368547758", 9_223_372_036_854_775_800),
        ] as [(String, Int64)])
    func numbers(text: String, value: Int64) {
        #expect(FieldText.hundredths(text) == value)
    }

    @Test(
        "What is no number is none",
        arguments: [
            "", "-", "1.2.3", "1,", ".5", "1e3", "x", "1 000", "92233720368547759", "99999999999999999999", "１",
        ])
    func noNumber(text: String) {
        #expect(FieldText.hundredths(text) == nil)
    }

    @Test("A percentage is from 0 to 100")
    func percentages() {
        #expect(FieldText.basisPoints("100") == 10_000)
        #expect(FieldText.basisPoints("100.01") == nil)
        #expect(FieldText.basisPoints("-1") == nil)
    }

    @Test(
        "Times are read as the common ways write them",
        arguments: [
            ("2026-11-24T12:00:00Z", 1_795_521_600), ("2026-11-24 13:00:00+01:00", 1_795_521_600),
            ("2026-11-24T12:00:00.500Z", 1_795_521_600.5), ("2026-11-24T12:00", 1_795_521_600),
            ("2026-11-24", 1_795_478_400), ("1795521600", 1_795_521_600), ("1795521600000", 1_795_521_600),
            ("2000-02-29", 951_782_400), ("1969-12-31T23:59:59Z", -1), ("2026-11-24T12:00:00-0330", 1_795_534_200),
        ])
    func times(text: String, seconds: Double) {
        #expect(FieldText.time(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "What is no time is none",
        arguments: [
            "", "2026-13-01", "2026-02-29", "24.11.2026", "2026-11-24T25:00Z", "12", "2026-11-24T12:00:00+99:00", "x",
        ])
    func noTime(text: String) {
        #expect(FieldText.time(text) == nil)
    }

    @Test("Every day from 1970 to 2100 is where Foundation's calendar has it")
    func days() {
        for day in stride(from: 0, to: 47_482, by: 1) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let text = date.formatted(.iso8601.year().month().day())
            #expect(FieldText.time(text) == date)
        }
    }
}
