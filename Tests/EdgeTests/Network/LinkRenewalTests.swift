import Foundation
import Testing
import Wire

@testable import CountertopClient
@testable import Edge

@Suite struct LinkRenewalTests {
    @Test("A link renews its till's certificate in time, keeps it, and comes in with it the next time")
    func renews() async throws {
        let directory = try TemporaryDirectory()
        try await NetworkRig.with { rig in
            let folder = directory.path + "/till"
            let (_, credentials) = try await rig.pair()
            try credentials.save(folder: folder)
            var later = CredentialsFolder(path: folder)
            later.now = { Date() + 300 * 86_400 }
            for _ in 0..<2 {
                let before = try TillCredentials(folder: folder)
                try await CountertopClient.withLink(
                    to: rig.address, credentialsIn: later, client: "kassa/test", reconnecting: Reconnecting()
                ) { link in
                    let lanes = try await link.lanes.list().map(\.name)
                    #expect(lanes == ["1"])
                }
                #expect(try TillCredentials(folder: folder) != before)
            }
        }
    }
}
