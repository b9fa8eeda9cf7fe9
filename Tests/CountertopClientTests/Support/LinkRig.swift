import CountertopClient
import Synchronization
import Transport

/// A till's link to an edge on a Unix socket, where a test starts and stops edges as it likes. Its waits take no time: they
/// are noted, and last until the test lets them go where it says so.
final class LinkRig: Sendable {
    static let seed: UInt64 = 20_260_731

    /// An edge that leaves waits for its calls as long as a test may take on a slow machine.
    private static var limits: TransportLimits {
        var limits = TransportLimits()
        limits.connection.drainWait = .seconds(60)
        return limits
    }

    private let path: String
    /// The waits before attempts, in order.
    let waits = Witness<Duration>()
    /// Waits last until it is open.
    let gate = Gate()
    private let numbers = Mutex(SeededNumbers(seed: LinkRig.seed))

    init(in directory: TemporaryDirectory) {
        path = directory.path + "/edge.sock"
    }

    var address: EdgeAddress { .unix(path: path) }

    /// Runs an edge there.
    /// - Parameter refusal: the reason with which it refuses to open baskets; `nil` when it does.
    func withEdge<Result>(
        refusing refusal: String? = nil, _ body: (EdgeStandIn) async throws -> Result
    ) async throws -> Result {
        try await EdgeStandIn.with(address: address, limits: Self.limits, refusing: refusal, body)
    }

    /// - Parameter held: the wait that lasts until ``gate`` is open, and all after it; `nil` for none.
    func withLink<Result>(heldFrom held: Int? = nil, _ body: (EdgeLink) async throws -> Result) async throws -> Result {
        var reconnecting = Reconnecting()
        reconnecting.limits = Self.limits
        reconnecting.random = { [self] in numbers.withLock { $0.next() } }
        reconnecting.sleep = { [self] wait in
            waits.note(wait)
            // A test that starts its edge later than the link tries must not have it spin meanwhile.
            if let held, waits.events.count >= held { _ = await gate.pass() }
            await Task.yield()
            try Task.checkCancellation()
        }
        return try await CountertopClient.withLink(
            to: address, client: "kassa/test", reconnecting: reconnecting, body)
    }
}

/// Numbers from 0 to 1 that are the same for the same seed (a 64-bit linear congruential generator, Knuth's MMIX).
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(UInt64(1) << 53)
    }
}
