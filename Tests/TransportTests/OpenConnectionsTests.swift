import Testing
import Wire

@testable import Transport

@Suite struct OpenConnectionsTests {
    @Test("An address may begin so many TLS handshakes at once, and no more")
    func handshakes() {
        var limits = TransportLimits()
        limits.handshakes = Allowance.Rate(burst: 2, every: .seconds(600))
        let connections = OpenConnections(limits)
        let begun = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"].map(connections.mayBeginHandshake)
        #expect(begun == [true, true, false, true])
    }

    @Test("A till whose certificate broke rules makes no other till at its address wait")
    func sources() {
        var limits = TransportLimits()
        limits.offences = Allowance.Rate(burst: 1, every: .seconds(4))
        let connections = OpenConnections(limits)
        let bad = ConnectionInfo(id: 1, peer: "", caller: Caller(.till, id: "till-bad"), address: "192.0.2.1")
        let good = ConnectionInfo(id: 2, peer: "", caller: Caller(.till, id: "till-good"), address: "192.0.2.1")
        connections.broke(by: bad)
        #expect(connections.wait(of: bad).map { $0 > .zero } == true)
        #expect(connections.wait(of: good) == .zero)
    }
}
