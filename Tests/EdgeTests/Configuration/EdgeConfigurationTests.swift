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
              - {name: self-3, armed: on_request}
            scans: {wait_seconds: 5, kept_max: 100}
            unbound_devices_join: false
            keyboards:
              - {device: "04d9:1603", layout: fi, silence_ms: 300, alt_codes: utf8_integer, identifier_is_sent: true}
            serial_scanners:
              - {device: "0403:6001", dialect: datalogic, baud: 19200, data_bits: 7, parity: odd, stop_bits: 2, terminator: cr}
              - {device: "1-9", dialect: ssi, silence_ms: 500, identifier_is_sent: true, chip: ch34x}
            serial_displays:
              - {device: "067b:2303", dialect: cd5220-4x20, rows: 4, columns: 20, brightness: 3, baud: 19200, chip: pl2303}
              - device: "1-7"
                dialect: epson
                commands: {rows: ["1B 6C 01 {row} {text}"], pages: {CP852: "1B 74 12", cp437: "1B 74 00"}}
            wedge: {layout: de, variant: nodeadkeys, ctrl_bracket_is_gs: false}
            display: {rows: 4, columns: 20, language: nb, texts: {idle: ["Hei", "{store}"]}}
            usb: virtual
            sample_store: true
            """)
        #expect(configuration.store.region == "FI")
        #expect(configuration.statePath == "/srv/countertop")
        #expect(configuration.listen.port == 7500)
        #expect(configuration.lanes.map(\.name) == ["1", "self-3"])
        #expect(configuration.lanes.map(\.arming) == [.always, .onRequest])
        #expect(configuration.language.code == "nb" && configuration.ownTexts == [.idle: ["Hei", "{store}"]])
        #expect(configuration.lanes[0].devices == [.path("1-4.2"), .serial("HP001")])
        #expect(configuration.scans.wait == .seconds(5))
        #expect(configuration.scans.keptMax == 100)
        #expect(!configuration.unboundDevicesJoin)
        #expect(configuration.devices.keyboards[0].device == .model(vendorID: 0x04d9, productID: 0x1603))
        #expect(configuration.devices.keyboards[0].wedge.layout == "fi")
        #expect(configuration.devices.keyboards[0].wedge.silence == .milliseconds(300))
        #expect(configuration.devices.keyboards[0].wedge.altCodes == .utf8Integer)
        let lines = configuration.devices.serialScanners
        #expect(lines[0].settings.line.description == "19200 7O2" && lines[0].settings.dialect == .datalogic)
        #expect(lines[0].settings.terminator == .cr && lines[0].carrier == nil)
        #expect(lines[1].settings.dialect == .ssi && lines[1].settings.silence == .milliseconds(500))
        #expect(lines[1].settings.identifierIsSent && lines[1].carrier == .ch34x)
        let displays = configuration.devices.serialDisplays
        #expect(displays[0].dialect.name == "cd5220-4x20" && displays[0].size == DisplaySize(rows: 4, columns: 20))
        #expect(displays[0].brightness == 3 && displays[0].line.description == "19200 8N1")
        #expect(displays[1].dialect.rows.map(\.description) == ["1B 6C 01 {row} {text}"])
        #expect(displays[1].dialect.pages.map(\.page) == [.cp852, .cp437])
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

    @Test("A display's line may hold a first name where there is a customer, and never anything else of one")
    func textsArePrivate() {
        #expect(refusal("display: {translations: {nb: {greeting: [\"{phone}\"]}}}").contains("'{phone}'"))
        let words = refusal("display:\n  texts:\n    greeting: [\"{first_name}\", \"{phone}\"]\n")
        #expect(words.contains("store.yaml:3:") && words.contains("'{phone}'") && words.contains("{loyalty}"))
        #expect(refusal("display: {texts: {idle: [\"{first_name}\"]}}").contains("'{first_name}'"))
        #expect(refusal("display: {language: xx}").contains("en, nb"))
        #expect(refusal("lanes: [{name: a, armed: never}]").contains("always or on_request"))
    }

    @Test("A display's commands are refused where they stand")
    func displayCommands() {
        let begin = "serial_displays:\n  - device: \"1-7\"\n    dialect: epson\n    commands:\n"
        #expect(refusal(begin + "      rows: [\"1F {line} {text}\"]\n").contains("store.yaml:5:14: {line} is no place"))
        #expect(refusal(begin + "      clear: 0x0C\n").contains("store.yaml:5:14: \"0x0C\" is no byte"))
        #expect(refusal(begin + "      rows: [\"0C\"]\n").contains("has no {text}"))
        #expect(refusal(begin + "      pages: {CP1: \"00\"}\n").contains("'CP1' is no code page"))
        #expect(refusal("serial_displays: [{device: \"1-7\"}]").contains("needs a dialect"))
        let tall = "serial_displays: [{device: \"1-7\", dialect: cd5220, rows: 4}]"
        #expect(refusal(tall).contains("cd5220-4x20"))
    }

    @Test("How texts are shown is read, and refused where it cannot be")
    func displayStyles() throws {
        let configuration = try parse(
            """
            display:
              styles:
                idle: {marquee_ms: 400}
                ready: {blink_ms: 500, brightness: 4, cursor_row: 2, cursor_column: 1}
                greeting: {windows: [{row: 2, column: 15, columns: 6, lines: ["{first_name}"], marquee_ms: 300}]}
            serial_displays:
              - device: "1-7"
                dialect: cd5220
                commands: {brightness_levels: "20 40 60 FF", blink: "1F 45 {ticks}", cursor_show: "13", cursor_hide: "14",
                  cursor_place: "10 {cell}"}
            """)
        let styles = configuration.displayText.styles
        #expect(styles[.idle]?.effects == DisplayEffects(marqueeStep: .milliseconds(400)))
        let ready = DisplayEffects(
            blinkTime: .milliseconds(500), brightness: 4, cursor: DisplayCursor(row: 2, column: 1))
        #expect(styles[.ready]?.effects == ready)
        #expect(
            styles[.greeting]?.windows == [
                DisplayWindow(
                    row: 2, column: 15, rows: 1, columns: 6, lines: ["{first_name}"], marqueeStep: .milliseconds(300))
            ])
        let dialect = configuration.devices.serialDisplays[0].dialect
        #expect(dialect.brightnessLevels == [0x20, 0x40, 0x60, 0xFF] && dialect.blink?.has(.ticks) == true)
        #expect(dialect.cursor?.place.description == "10 {cell}")
        let begin = "display:\n  styles:\n    "
        #expect(refusal(begin + "idle: {blink_ms: 100}").contains("store.yaml:3:22: 'display.styles.idle.blink_ms'"))
        #expect(refusal(begin + "bonuses: {}").contains("no setting"))
        #expect(refusal(begin + "idle: {cursor_row: 1}").contains("together"))
        let stranger = "idle: {windows: [{columns: 4, lines: [\"{first_name}\"]}]}"
        #expect(refusal(begin + stranger).contains("'{first_name}' cannot stand in idle"))
        let half = "serial_displays: [{device: \"1-7\", dialect: epson, commands: {cursor_show: \"13\"}}]"
        #expect(refusal(half).contains("only a part of a cursor"))
        let levels = "serial_displays: [{device: \"1-7\", dialect: epson, commands: {brightness_levels: \"01\"}}]"
        #expect(refusal(levels).contains("must be 4 bytes"))
    }

    @Test("What is no YAML is refused with the place")
    func noYAML() {
        #expect(refusal("store: [").contains("store.yaml is not YAML"))
        let secret = refusal("store: {name: a}\nkey: \"CANARY\nlanes: [}")
        #expect(secret.hasPrefix("store.yaml:") && !secret.contains("CANARY"), "\(secret)")
        let twice = refusal("lanes: []\nusb: real\nlanes: []")
        #expect(twice.hasPrefix("store.yaml:") && twice.contains("lanes"), "\(twice)")
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
            ("serial_scanners: [{device: \"1-4\", dialect: uart}]", ":1:44", "one of text, datalogic, honeywell, ssi"),
            ("serial_scanners: [{device: \"1-4\", baud: 110}]", ":1:41", "300 to 921600"),
            ("serial_scanners: [{baud: 9600}]", ":1:19", "0403:6001"),
            ("state: data", ":1:8", "the whole path"), ("key: ~/key", ":1:6", "nobody expands the ~"),
            ("listen: {unix: edge.sock}", ":1:16", "the whole path"),
            ("store: {name: \"\"}", ":1:15", "'store.name' is empty"),
            ("store:\n  name: \" \"", ":2:9", "what customers call the store"),
            ("store: {company: \"\"}", ":1:18", "'store.company' is empty"),
            ("cards: {links: \"http://cards.example\"}", ":1:16", "begins with https://"),
            ("cards: {links: \"https://c.example\", name: \"\"}", ":1:43", "'cards.name' is empty"),
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
            "network: {port: 7434}", "scans: {wait_seconds: 0}", "scans: {kept_max: 99}", "keyboards: [{layout: fi}]",
            "display: {rows: 99}",
            "usb: wireless", "store: {region: Norway}", "sample_store: perhaps", "wedge: {alt_codes: some}",
        ])
    func values(_ yaml: String) {
        #expect(refusal(yaml).contains("store.yaml"))
    }
}
