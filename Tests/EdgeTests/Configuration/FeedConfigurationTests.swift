import Foundation
import Systems
import Testing

@testable import Edge

@Suite struct FeedConfigurationTests {
    private func parse(_ feeds: String) throws -> EdgeConfiguration {
        try EdgeConfiguration.parse(
            yaml: "store: {company: prisma, zone: Europe/Helsinki}\nfeeds:\n" + feeds, file: "store.yaml")
    }

    @Test("Everything a feed can set is read")
    func everything() throws {
        let configuration = try parse(
            """
              - name: members
                company: prisma
                file: /srv/members.txt
                format: csv
                separator: ";"
                encoding: windows-1252
                schedule: daily at 03:00
                allow: [name, phone, permissions, groups]
                fields: {key: no, name: [first, last], phone: mobile}
                permissions:
                  email: newsletter
                  sms: {granted: sms_ok, text: sms_text, changed_at: sms_at}
                groups: [members]
              - {name: shop, url: "https://shop.example/customers", token: /etc/shop.token, allow: [name]}
              - {name: club, folder: /srv/club, allow: [name], schedule: hourly at 15}
              - {name: poster, command: [/usr/bin/export, --json], allow: [name], separator: tab}
            """)
        #expect(configuration.zone.identifier == "Europe/Helsinki")
        let members = FeedSettings(
            name: "members", place: .file("/srv/members.txt"), format: .csv(separator: UInt8(ascii: ";")),
            encoding: .windows1252,
            mapping: FieldMapping(
                columns: [
                    .key: [FieldPath("no")], .name: [FieldPath("first"), FieldPath("last")],
                    .phone: [FieldPath("mobile")],
                ],
                permissions: [
                    FieldMapping.PermissionColumns(name: "email", granted: FieldPath("newsletter")),
                    FieldMapping.PermissionColumns(
                        name: "sms", granted: FieldPath("sms_ok"), text: FieldPath("sms_text"),
                        changedAt: FieldPath("sms_at")),
                ], allowed: [.name, .phone, .permissions, .groups], defaultGroups: ["members"]),
            schedule: .daily(hour: 3, minute: 0))
        #expect(configuration.feeds[0] == members)
        let shop = HTTPPlace(url: "https://shop.example/customers", tokenPath: "/etc/shop.token")
        #expect(configuration.feeds[1].place == .http(shop))
        #expect(configuration.feeds[1].schedule == .every(seconds: 60))
        #expect(configuration.feeds[2].place == .folder("/srv/club"))
        #expect(configuration.feeds[2].schedule == .hourly(minute: 15))
        #expect(configuration.feeds[3].place == .command(["/usr/bin/export", "--json"]))
        #expect(configuration.feeds[3].format == .csv(separator: 9))
    }

    @Test(
        "What is wrong with a feed is said with its line, and what to write",
        arguments: [
            ("{file: /a.csv, allow: [name]}", "needs a name"),
            ("{name: Members, file: /a.csv, allow: [name]}", "needs a name"),
            ("{name: a, allow: [name]}", "needs one of file, folder, command and url"),
            ("{name: a, file: /a.csv, folder: /b, allow: [name]}", "needs one of file, folder, command and url"),
            ("{name: a, file: a.csv, allow: [name]}", "Write the whole path"),
            ("{name: a, file: /a.csv}", "needs allow"),
            ("{name: a, file: /a.csv, allow: [address]}", "'address' is nothing that can be kept"),
            ("{name: a, file: /a.csv, allow: [name], fields: {adress: x}}", "is no setting"),
            ("{name: a, file: /a.csv, allow: [name], schedule: weekly}", "every minute"),
            ("{name: a, file: /a.csv, allow: [name], company: other}", "One edge serves one company"),
            ("{name: a, file: /a.csv, allow: [name], token: /t}", "belongs to a url"),
            ("{name: a, file: /a.csv, allow: [name], separator: ab}", "one character"),
            ("{name: a, url: \"http://shop.example\", allow: [name]}", "begins with https://"),
            ("{name: a, command: [export], allow: [name]}", "whole path of a program"),
            ("{name: sample, file: /a.csv, allow: [name]}", "named twice"),
            ("{name: a, file: /a.csv, allow: [name], permissions: {sms: {text: x}}}", "needs granted"),
        ])
    func mistakes(feed: String, words: String) {
        let error = #expect(throws: EdgeError.self) { try parse("  - \(feed)\n") }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("store.yaml:3:") == true, "\(error?.message ?? "")")
    }
}
