import ArgumentParser
import Edge
import Testing

@testable import countertop

@Suite struct GivenPlaceTests {
    @Test("A command that is printed names the store, the edge and the till's folder as they were named")
    func command() throws {
        #expect(GivenPlace.installed.command("status") == "countertop status")
        let options = try EdgeOptions.parse([
            "--config", "/srv/two stores.yaml", "--edge", "tls://edge:7433", "--credentials", "/srv/till's",
        ])
        #expect(
            options.given.command("outbox list")
                == "countertop outbox list --config '/srv/two stores.yaml' --edge tls://edge:7433 --credentials '/srv/till'\\''s'"
        )
    }

    @Test("The folder of a till is not named where it is the usual one, nor to an edge of this machine")
    func folder() throws {
        let usual = try EdgeOptions.parse(["--edge", "tls://edge:7433"])
        #expect(usual.given.command("tills") == "countertop tills --edge tls://edge:7433")
        let local = try EdgeOptions.parse(["--edge", "/run/e.sock", "--credentials", "/srv/till"])
        #expect(local.given.command("tills") == "countertop tills --edge /run/e.sock")
    }
}
