import Devices
import Testing

@testable import Edge

@Suite struct EdgeConfigurationTests {
    private func parse(_ yaml: String) throws -> EdgeConfiguration {
        try EdgeConfiguration.parse(yaml: yaml, file: "store.yaml")
    }

    private func refusal(_ yaml: String) -> String {
        do {
            _ = try parse(yaml)
            return "no refusal"
        } catch {
            return "\(error)"
        }
    }

    @Test("Everything a store can set is read")
    func everything() throws {
        let configuration = try parse(
            """
            store: {name: Storgata, region: FI, company: prisma}
            state: /srv/countertop
            key: /srv/key
            listen: {host: 127.0.0.1, port: 7500, unix: /run/edge.sock}
            lanes:
              - {name: "1", devices: ["1-4.2", "serial:HP001"]}
              - name: self-3
            unbound_devices_join: false
            keyboards:
              - {device: "04d9:1603", layout: fi, silence_ms: 300, alt_codes: utf8_integer, identifier_is_sent: true}
            wedge: {layout: de, variant: nodeadkeys, ctrl_bracket_is_gs: false}
            display: {rows: 4, columns: 20}
            usb: virtual
            sample_store: true
            """)
        #expect(configuration.store.region == "FI")
        #expect(configuration.statePath == "/srv/countertop")
        #expect(configuration.listen.port == 7500)
        #expect(configuration.lanes.map(\.name) == ["1", "self-3"])
        #expect(configuration.lanes[0].devices == [.path("1-4.2"), .serial("HP001")])
        #expect(!configuration.unboundDevicesJoin)
        #expect(configuration.devices.keyboards[0].device == .model(vendorID: 0x04d9, productID: 0x1603))
        #expect(configuration.devices.keyboards[0].wedge.layout == "fi")
        #expect(configuration.devices.keyboards[0].wedge.silence == .milliseconds(300))
        #expect(configuration.devices.keyboards[0].wedge.altCodes == .utf8Integer)
        #expect(configuration.devices.wedge.variant == "nodeadkeys")
        #expect(configuration.devices.displaySize == DisplaySize(rows: 4, columns: 20))
        #expect(configuration.ports == .virtual)
        #expect(configuration.sampleStore)
    }

    @Test("A misspelt setting is refused with its line and column, and the settings that are known")
    func misspelt() {
        let words = refusal("store:\n  nmae: Storgata\n")
        #expect(words.contains("store.yaml:2:3"))
        #expect(words.contains("store.nmae"))
        #expect(words.contains("name"))
    }

    @Test("What is no YAML is refused with the place")
    func noYAML() {
        #expect(refusal("store: [").contains("store.yaml is not YAML"))
        #expect(refusal("").contains("holds no settings"))
    }

    @Test("What asks nobody who they are listens on this machine alone")
    func loopback() throws {
        for host in ["0.0.0.0", "10.0.0.7", "127.example.org"] {
            #expect(refusal("listen: {host: \(host)}").contains("network: {}"), "\(host)")
        }
        #expect(try parse("listen: {host: \"::1\"}").network == nil)
    }

    @Test("On the network the edge has TLS on 7433, and plain connections only when a port is named for them")
    func network() throws {
        let usual = try parse("network: {}")
        #expect(usual.network?.port == 7433)
        #expect(usual.network?.webSocketPort == 7434)
        #expect(!usual.listen.isTCPOn)
        #expect(usual.summary.contains("all interfaces:7433 (paired, TLS)"))
        let both = try parse("{network: {names: [edge.storgata.example]}, listen: {port: 7500}}")
        #expect(both.listen.isTCPOn)
        #expect(both.network?.names == ["edge.storgata.example"])
        #expect(refusal("{network: {}, listen: {port: 7433}}").contains("which 'network' has"))
        let browsers = try parse("network: {origins: [\"https://kassa.example\", \"http://localhost:8000\"]}")
        #expect(browsers.network?.origins.count == 2)
        #expect(browsers.summary.contains("browsers at port 7434"))
    }

    @Test(
        "What would fail or surprise at run time is refused where it stands, with what to write",
        arguments: [
            ("wedge: {layout: qwertz}", ":1:17", "us, de or fr"),
            ("keyboards:\n  - {device: \"04d9:1603\", layout: de, variant: none}", ":2:48", "us, de or fr"),
            (
                "lanes:\n  - {name: a, devices: [\"1-4\"]}\n  - {name: b, devices: [\"1-5\", \"1-4\"]}", ":3:32",
                "lane 'a' already"
            ),
            ("lanes: [{name: a, devices: [\"05f9:2203\", \"05F9:2203\"]}]", ":1:42", "Name it once"),
            ("state: data", ":1:8", "the whole path"), ("key: ~/key", ":1:6", "nobody expands the ~"),
            ("listen: {unix: edge.sock}", ":1:16", "the whole path"),
            ("listen: {unix: /\(String(repeating: "x", count: 107))}", ":1:16", "a shorter path"),
        ])
    func refusesWhatFailsLater(yaml: String, place: String, advice: String) {
        let words = refusal(yaml)
        #expect(words.contains("store.yaml\(place): "))
        #expect(words.contains(advice))
    }

    @Test("The longest path of a socket is taken, and none at all")
    func socketPaths() throws {
        let path = "/" + String(repeating: "x", count: 106)
        #expect(try parse("listen: {unix: \(path)}").listen.unixPath == path)
        #expect(try parse("listen: {unix: \"\"}").listen.unixPath == "")
    }

    @Test(
        "Values that cannot be are refused",
        arguments: [
            "listen: {port: 70000}", "lanes: []", "lanes: [{name: \"a b\"}]", "lanes: [{name: a}, {name: a}]",
            "lanes: [{name: a, devices: [nonsense]}]", "network: {host: edge.local}", "network: {names: [\"a b\"]}",
            "network: {origins: [\"https://kassa.example/page\"]}", "network: {origins: [\"*\"]}",
            "network: {port: 7434}", "keyboards: [{layout: fi}]", "display: {rows: 99}",
            "usb: wireless", "store: {region: Norway}", "sample_store: perhaps", "wedge: {alt_codes: some}",
        ])
    func values(_ yaml: String) {
        #expect(refusal(yaml).contains("store.yaml"))
    }
}
