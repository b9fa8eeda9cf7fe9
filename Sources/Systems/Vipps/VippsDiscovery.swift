import Foundation
import Synchronization

/// Where the login's calls are, as the system itself says. It is asked once an hour at most.
final class VippsDiscovery: Sendable {
    struct Places: Sendable {
        let start: String
        let token: String
        let userInfo: String
    }

    private static let life = Duration.seconds(3_600)

    private let url: String
    private let client: SystemClient
    private let now: @Sendable () -> FeedTime
    private let known = Mutex<(places: Places, until: Duration)?>(nil)

    init(url: String, client: SystemClient, now: @escaping @Sendable () -> FeedTime) {
        self.url = url
        self.client = client
        self.now = now
    }

    func places() async throws(SystemsError) -> Places {
        let present = known.withLock { $0 }
        if let present, now().uptime < present.until { return present.places }
        do throws(SystemsError) {
            let places = try await ask()
            known.withLock { $0 = (places, now().uptime + Self.life) }
            return places
        } catch {
            // Addresses that were good an hour ago most likely are still.
            if let present { return present.places }
            throw error
        }
    }

    private func ask() async throws(SystemsError) -> Places {
        let reply = try await client.send(
            SystemCall(.get, url, headers: [("Accept", "application/json")], retriesMax: 1))
        let body = try reply.json()
        let names = ["backchannel_authentication_endpoint", "token_endpoint", "userinfo_endpoint"]
        let found = names.compactMap { body[$0]?.plainText }.filter { HTTPPlace.isUsable($0) }
        guard found.count == names.count else { throw reply.broken("It does not name the login's addresses.") }
        return Places(start: found[0], token: found[1], userInfo: found[2])
    }
}
