import Testing

@testable import countertop

/// What `avahi-browse -p -r -t` of Avahi 0.8 printed, word for word.
@Suite struct AnnouncedEdgeTests {
    @Test("The usual announcement is an edge with its host, port, address and name")
    func usual() {
        let printed = """
            +;ct1;IPv4;Countertop\\032on\\032kassa;_countertop._tcp;local
            =;ct1;IPv4;Countertop\\032on\\032kassa;_countertop._tcp;local;kassa.local;10.9.8.1;7433;"alpn=countertop/1"

            """
        let expected = AnnouncedEdge(
            name: "Countertop on kassa", host: "kassa.local", port: 7433, addresses: ["10.9.8.1"])
        #expect(AnnouncedEdge.all(in: printed) == [expected])
    }

    @Test("A name with dots, semicolons, backslashes and letters of any language comes out as it was given")
    func escapes() {
        let name =
            #"Kasse\0321\.2\059\032Bl\195\165b\195\166r\032\\\032\208\155\209\140\208\178\209\150\208\178\032on\032kassa"#
        let printed = """
            +;ct1;IPv6;\(name);_countertop._tcp;local
            =;ct1;IPv6;\(name);_countertop._tcp;local;kassa.local;fe80::3058:acff:fe67:723d;7433;"alpn=countertop/1"
            =;ct1;IPv4;\(name);_countertop._tcp;local;kassa.local;10.9.8.1;7433;"alpn=countertop/1"
            """
        let edges = AnnouncedEdge.all(in: printed)
        #expect(edges.map(\.name) == [#"Kasse 1.2; Blåbær \ Львів on kassa"#])
        #expect(edges.map(\.addresses) == [["fe80::3058:acff:fe67:723d%ct1", "10.9.8.1"]])
    }

    @Test(
        "What is no announcement is passed over",
        arguments: [
            "", "+;a;b", "=;eth0;IPv4;name;_countertop._tcp;local;host", "=;e;IPv4;n;t;local;h;1.2.3.4;99999;",
            "=;e;IPv4;n;t;local;h;1.2.3.4;-1;", "nonsense", ";;;;;;;;;;;;",
        ])
    func nonsense(_ line: String) {
        #expect(AnnouncedEdge.all(in: line + "\n") == [])
    }

    @Test("Escapes that are cut short or name no byte are taken as far as they go")
    func brokenEscapes() {
        for (escaped, name) in [(#"a\"#, #"a\"#), (#"a\0"#, "a0"), (#"a\999"#, "a999"), (#"a\32"#, "a32")] {
            let edges = AnnouncedEdge.all(in: "=;e;IPv4;\(escaped);t;local;h;1.2.3.4;7433;")
            #expect(edges.map(\.name) == [name], "\(escaped)")
        }
    }

    @Test("Any bytes at all are read to the end")
    func anything() {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: .min ... .max, using: &generator)
        var state = seed
        let alphabet = Array("=+;\\0159.a\n\u{e5}".utf8)
        for _ in 0..<2_000 {
            let bytes = (0..<64).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int(state >> 33) % alphabet.count]
            }
            let edges = AnnouncedEdge.all(in: String(decoding: bytes, as: UTF8.self))
            #expect(edges.allSatisfy { (0...65_535).contains($0.port) && !$0.addresses.isEmpty }, "seed \(seed)")
        }
    }
}
