import Customers
import Foundation
import Testing

@testable import Systems

@Suite struct RowMappingTests {
    private static let asOf = Date(timeIntervalSince1970: 1_795_521_600)

    private func read(
        _ text: String, format: RowFormat, _ mapping: FieldMapping = .standard
    ) throws -> SourcePage {
        let region = try #require(PhoneRegion("NO"))
        let pager = try RowPager(
            RowLayout(name: "x", format: format),
            mapping: RowMapping(mapping: mapping, region: region, asOf: Self.asOf),
            at: .beginning
        ) { BytesInput(Array(text.utf8)) }
        return try pager.page { _, _ in [] }
    }

    private func records(_ page: SourcePage) -> [CustomerRecord] {
        page.changes.compactMap { if case .upsert(let record) = $0 { record } else { nil } }
    }

    private static let json = """
        {"key":4711,"name":"Kari Nordås","first_name":"Kari","language":"nb","customer_card":["CU1","CU2"],\
        "phone":"412 34 567","email":null,"linked_card":[],"external_id":"4711","groups":["gold","staff"],\
        "discount_percent":10,"bonuses":12.5,"cashback_percent":"3","changed_at":"2026-11-24T10:00:00Z",\
        "permissions":[{"name":"email","granted":true,"text":"Ja takk.","changed_at":"2026-01-01"},\
        {"name":"sms","granted":false}],"address":"Storgata 1","birth_date":"1980-01-01"}
        """

    @Test("A row of JSON becomes a customer with everything that is allowed")
    func json() throws {
        let page = try read(Self.json, format: .jsonLines)
        #expect(page.rejections.isEmpty, "\(page.rejections)")
        let changedAt = Date(timeIntervalSince1970: 1_795_514_400)
        #expect(
            records(page) == [
                CustomerRecord(
                    key: "4711", name: "Kari Nordås", firstName: "Kari", language: "nb",
                    identifiers: [
                        Identifier(type: .customerCard, value: "CU1"), Identifier(type: .customerCard, value: "CU2"),
                        Identifier(type: .phone, value: "412 34 567"), Identifier(type: .externalID, value: "4711"),
                    ], groupIDs: ["gold", "staff"],
                    loyalty: Loyalty(discountBasisPoints: 1_000, bonusesHundredths: 1_250, cashbackBasisPoints: 300),
                    permissions: [
                        Permission(
                            name: "email", granted: true, consentText: "Ja takk.",
                            changedAt: Date(timeIntervalSince1970: 1_767_225_600)),
                        Permission(name: "sms", granted: false, consentText: "", changedAt: changedAt),
                    ], changedAt: changedAt)
            ])
    }

    @Test("What is not allowed is not in the customer, whatever the row holds", arguments: RecordField.allowable)
    func allowList(field: RecordField) throws {
        let all = try #require(records(try read(Self.json, format: .jsonLines)).first)
        let one = try #require(
            records(try read(Self.json, format: .jsonLines, FieldMapping(allowed: [field]))).first)
        var expected = CustomerRecord(key: "4711", name: "", changedAt: all.changedAt)
        switch field {
        case .name: expected.name = all.name
        case .firstName: expected.firstName = all.firstName
        case .language: expected.language = all.language
        case .customerCard: expected.identifiers = all.identifiers.filter { $0.type == .customerCard }
        case .phone: expected.identifiers = all.identifiers.filter { $0.type == .phone }
        case .externalID: expected.identifiers = all.identifiers.filter { $0.type == .externalID }
        case .groups: expected.groupIDs = all.groupIDs
        case .discount: expected.loyalty.discountBasisPoints = 1_000
        case .bonuses: expected.loyalty.bonusesHundredths = 1_250
        case .cashback: expected.loyalty.cashbackBasisPoints = 300
        case .permissions: expected.permissions = all.permissions
        default: break
        }
        #expect(one == expected)
    }

    @Test("Columns are taken for the fields that the feed's settings name")
    func columns() throws {
        let mapping = FieldMapping(
            columns: [
                .key: [FieldPath("no")], .name: [FieldPath("fornavn"), FieldPath("etternavn")],
                .phone: [FieldPath("mobil"), FieldPath("hjem")], .groups: [FieldPath("klubb")],
            ],
            permissions: [
                FieldMapping.PermissionColumns(
                    name: "sms", granted: FieldPath("sms_ok"), text: FieldPath("sms_tekst"),
                    changedAt: FieldPath("sms_tid"))
            ], defaultGroups: ["members"])
        let page = try read(
            "no;fornavn;etternavn;mobil;hjem;klubb;sms_ok;sms_tekst;sms_tid;adresse\n"
                + "1;Kari;Nordås;41234567;22334455;\"gold, staff\";yes;Ja takk;2026-01-01;Storgata 1\n",
            format: .csv(separator: nil), mapping)
        let record = try #require(records(page).first)
        #expect(record.name == "Kari Nordås")
        #expect(record.identifiers.map(\.value) == ["41234567", "22334455"])
        #expect(record.groupIDs == ["members", "gold", "staff"])
        #expect(record.permissions.map(\.consentText) == ["Ja takk"])
        #expect(record.changedAt == Self.asOf)
        #expect(page.fields == [.key, .name, .phone, .groups])
    }

    @Test("A value deep within an object is found by its path")
    func path() throws {
        let mapping = FieldMapping(columns: [.key: [FieldPath("id")], .name: [FieldPath("person.name.full")]])
        let page = try read("{\"id\":1,\"person\":{\"name\":{\"full\":\"Kari\"}}}", format: .jsonLines, mapping)
        #expect(records(page).map(\.name) == ["Kari"])
    }

    @Test("Whoever is removed is removed, as of the time that the row says")
    func removed() throws {
        let page = try read(
            "key,removed,changed_at\n1,yes,2026-11-24\n2,no,\n3,perhaps,\n4,,x\n", format: .csv(separator: nil))
        guard case .remove("1", at: Date(timeIntervalSince1970: 1_795_478_400)) = page.changes[0] else {
            Issue.record("the first row removes nobody")
            return
        }
        #expect(records(page).map(\.key) == ["2"])
        #expect(
            page.rejections.named == [
                Rejection(line: 4, column: 3, reason: .changeUnreadable),
                Rejection(line: 5, column: 4, reason: .changeUnreadable),
            ])
    }

    @Test("What cannot be understood is left out and named by its place; the rest of the row is taken")
    func leftOut() throws {
        let page = try read(
            "key,phone,discount_percent\n1,not a number,5\n2,41234567,much\n,41234567,1\n", format: .csv(separator: nil)
        )
        #expect(records(page).map(\.key) == ["1", "2"])
        #expect(page.lines == [2, 3])
        #expect(
            page.rejections.named == [
                Rejection(line: 2, column: 3, reason: .identifierLeftOut),
                Rejection(line: 3, column: 12, reason: .valueLeftOut),
                Rejection(line: 4, column: 0, reason: .keyUnusable),
            ])
    }

    @Test("An object where a text belongs is named by its place")
    func objectForText() throws {
        let page = try read("{\"key\":\"1\",\"phone\":{\"home\":\"41234567\"}}", format: .jsonLines)
        #expect(page.rejections.named == [Rejection(line: 1, column: 20, reason: .valueLeftOut)])
        #expect(records(page).count == 1)
    }

    @Test("A file whose columns are not those of the settings is refused as a whole, in words without data")
    func headers() {
        let noKey = #expect(throws: SystemsError.self) {
            try read("name,phone\nKari,1\n", format: .csv(separator: nil))
        }
        #expect(noKey?.message.contains("\"name\", \"phone\"") == true)
        let noHeader = #expect(throws: SystemsError.self) {
            try read("77,Kari,41234567,kari@example.no\n", format: .csv(separator: nil))
        }
        #expect(noHeader?.message.contains("41234567") == false)
        #expect(noHeader?.message.contains("kari@") == false)
        let missing = #expect(throws: SystemsError.self) {
            try read(
                "key,name\n1,Kari\n", format: .csv(separator: nil),
                FieldMapping(columns: [.phone: [FieldPath("mobile")]]))
        }
        #expect(missing?.message.contains("\"mobile\"") == true)
    }

    @Test("Benefits come in a column of CSV as ids or as JSON, and those that cannot be read are named and left out")
    func csvBenefits() throws {
        let page = try read(
            """
            key,name,offers
            1,Kari,coffee; tea|coffee
            2,Ola,"[{""id"": ""ten"", ""discount_percent"": 10, ""uses"": 3}, ""cake"", {""id"": ""bad"", ""uses"": ""many""}]"
            3,Nina,"[{"
            4,Per,
            """, format: .csv(separator: nil), FieldMapping(columns: [.benefits: [FieldPath("offers")]]))
        let benefits = records(page).map(\.benefits)
        #expect(benefits[0] == [Benefit(id: "coffee", title: "coffee"), Benefit(id: "tea", title: "tea")])
        #expect(benefits[1].map(\.id) == ["ten", "cake"])
        #expect(benefits[1][0].discountBasisPoints == 1_000 && benefits[1][0].usesMax == 3)
        #expect(benefits[2].isEmpty && benefits[3].isEmpty)
        #expect(page.rejections.named.map(\.line) == [2, 3, 4])
        #expect(page.rejections.named.allSatisfy { $0.reason == .valueLeftOut })
    }
}
