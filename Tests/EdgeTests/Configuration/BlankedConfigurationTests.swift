import Testing

@testable import Edge

@Suite("A configuration for others to read")
struct BlankedConfigurationTests {
    @Test(
        "Nothing secret stays in it",
        arguments: [
            "systems: [{name: poster, token: CANARY}]", "systems: [{name: s, client_secret: CANARY}]",
            "feeds: [{url: \"https://user:CANARY@shop.example/customers\"}]",
            "feeds: [{url: \"https://shop.example/customers?key=CANARY\"}]",
            "feeds: [{command: [/usr/bin/export, --password, CANARY]}]",
            "store: {name: a} # CANARY", "x: {password: {inner: CANARY}}", "x: {headers: [\"X-Key: CANARY\"]}",
            "subscription_key: CANARY", "systems: [{name: c, kind: custobar, key: CANARY}]", "relay: {key: CANARY}",
        ])
    func secrets(yaml: String) throws {
        let text = try #require(BlankedConfiguration.text(yaml))
        #expect(!text.contains("CANARY"), "\(text)")
    }

    @Test("What support needs stays: settings, hosts, and the paths of files that hold secrets")
    func settings() throws {
        let text = try #require(
            BlankedConfiguration.text(
                """
                store: {name: Storgata}
                key: /etc/countertop/key
                lanes: [{name: "1", devices: ["1-4.2"]}]
                feeds: [{name: shop, url: "https://u:p@shop.example/customers", token: /etc/countertop/shop.token,
                  fields: {key: customer_no}}]
                """))
        for kept in [
            "Storgata", "/etc/countertop/key", "1-4.2", "shop.example/customers", "/etc/countertop/shop.token",
            "customer_no",
        ] {
            #expect(text.contains(kept), "\(kept) in \(text)")
        }
    }

    @Test("Of what is no YAML nobody knows which part is secret")
    func noYAML() {
        #expect(BlankedConfiguration.text("a: [CANARY") == nil)
    }
}
