import Foundation
import Systems
import Testing

@testable import Edge

@Suite("A configuration that is read to its end")
struct ConfigurationReadingTests {
    private func read(_ yaml: String) throws -> ConfigurationReading {
        let directory = try TemporaryDirectory()
        let path = directory.file("store.yaml")
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        return ConfigurationReading(path: path)
    }

    /// The faults without the folder of the file.
    private func words(_ reading: ConfigurationReading) -> [String] {
        reading.faults.map { "store.yaml" + ($0.message.components(separatedBy: "store.yaml").last ?? "") }
    }

    @Test("Every fault is named, each with its line, in the order of the lines")
    func all() throws {
        let reading = try read(
            """
            stoer: {name: Storgata}
            lanes:
              - {name: "1", devices: ["nothing", "1-4.2", "1-4.2"]}
              - {name: "1"}
              - {nmae: "3"}
            scans: {wait_seconds: 0, kept_max: many}
            listen: {host: 10.0.0.1}
            sample_store: perhaps
            feeds:
              - {name: members, file: members.csv, allow: [name, shoe]}
              - {name: guests, file: /srv/guests.csv, schedule: sometimes, allow: [name]}
            """)
        let lines = words(reading).map { $0.split(separator: ":")[1] }
        #expect(lines == ["1", "3", "3", "4", "5", "5", "6", "6", "7", "8", "10", "10", "11"], "\(words(reading))")
        #expect(!reading.isCut)
        #expect(words(reading).contains { $0.contains(":5:") && $0.contains("'lanes[3].nmae' is no setting") })
        #expect(!reading.isWhole("lanes") && !reading.isWhole("listen") && reading.isWhole("network"))
        #expect(reading.configuration?.feeds.map(\.name) == ["guests"])
    }

    @Test("Everything that an entry lacks is named, and what is wrong with the rest of it")
    func lacking() throws {
        let reading = try read(
            """
            feeds:
              - {name: A, file: x, allow: [shoe], schedule: sometimes}
            systems:
              - {kind: vipps, name: V, url: "http://x.example"}
            lanes:
              - {name: a b, devices: [nothing]}
            """)
        let told = words(reading).joined(separator: "\n")
        for word in [
            "'feeds[1]' needs a name", "'feeds[1].file' cannot be 'x'", "'shoe' is nothing", "'feeds[1].schedule'",
            "'systems[1]' needs a name", "'systems[1].url'", "needs client_id", "needs client_secret",
            "'lanes[1]' needs a name",
            "'nothing' names no device",
        ] { #expect(told.contains(word), "\(word) is not in\n\(told)") }
        #expect(reading.faults.count < 16, "\(told)")
    }

    @Test("What only follows from a fault is not named beside it")
    func consequences() throws {
        let system = try read(
            """
            systems:
              - {name: poster, kind: postr}
              - {name: vipps, kind: vipps, tell: [poster]}
            """)
        #expect(!words(system).contains { $0.contains("tell") }, "\(words(system))")
        #expect(words(system).contains { $0.hasPrefix("store.yaml:2:") })
        #expect(try words(read("lanes: [{name: a b}]")).count == 1)
        #expect(try words(read("feeds: [{flie: /a.csv, name: a, allow: [name]}]")).count == 1)
    }

    @Test("A file that is sound has no fault, one that is no YAML has one, and one that is not there has one")
    func ends() throws {
        let sound = try read("store: {name: Storgata}")
        #expect(sound.faults.isEmpty && sound.configuration?.store.name == "Storgata")
        let torn = try read("store: {name: Storgata")
        #expect(torn.faults.count == 1 && torn.configuration == nil)
        let none = ConfigurationReading(path: "/nowhere/store.yaml")
        #expect(none.faults.count == 1 && none.configuration == nil)
    }

    @Test("Of very many faults the first are named, and that there may be more is said")
    func bound() throws {
        let many = try read((0..<300).map { "wrong\($0): 1" }.joined(separator: "\n"))
        #expect(many.faults.count == ConfigurationReading.faultsMax && many.isCut)
        #expect(many.configuration == nil)
    }

    @Test(
        "An example whose settings are each broken by turns is read to its end",
        arguments: ["vipps-mobilepay", "solteq-cardu"])
    func examples(_ name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../packaging/examples/\(name).yaml").standardized
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        for broken in lines.indices {
            var changed = lines.map(String.init)
            changed[broken] = changed[broken].replacing(": ", with: "_x: ", maxReplacements: 1)
            let reading = try read(changed.joined(separator: "\n"))
            #expect(reading.faults.count <= 3, "line \(broken + 1): \(words(reading))")
        }
    }
}
