import Foundation
import Synchronization
import Testing
import Transport
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
            let told = Mutex<[CertificateRenewal]>([])
            var later = CredentialsFolder(path: folder, tell: { news in told.withLock { $0.append(news) } })
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
            let until = told.withLock { news in
                news.map { news -> Date? in if case .renewed(let until) = news { until } else { nil } }
            }
            #expect(until.count == 2 && until.allSatisfy { $0.map { $0 > Date() } ?? false })
        }
    }

    /// An edge that does not renew.
    private struct Refusing: CallMaker {
        let reason: String

        func make(
            _ call: String, _ body: [UInt8], _ safety: CallSafety, deadline: Duration
        ) async throws(CountertopError) -> [UInt8] {
            throw CountertopError(.unavailable, reason: reason, message: "Nobody is there.", isUnserved: true)
        }

        func open(
            _ call: String, _ body: [UInt8], operation: OperationID?
        ) async throws(CountertopError) -> ReplyStream {
            throw CountertopError(.unavailable, reason: reason, message: "Nobody is there.", isUnserved: true)
        }
    }

    @Test("A certificate that is not renewed is told of with its end, once an hour, and tried again within the hour")
    func fails() async throws {
        let directory = try TemporaryDirectory()
        try await NetworkRig.with { rig in
            let folder = directory.path + "/till"
            let (_, credentials) = try await rig.pair()
            try credentials.save(folder: folder)
            let told = Mutex<[CertificateRenewal]>([])
            var later = CredentialsFolder(path: folder, tell: { news in told.withLock { $0.append(news) } })
            #expect(await later.renewIfDue(by: Refusing(reason: "CONNECTION_LOST")) == CredentialsFolder.checkEvery)
            #expect(told.withLock { $0.count } == 0)
            let begin = Date() + 300 * 86_400
            for (time, reason, count) in [
                (0.0, "CONNECTION_LOST", 1), (1_800, "CONNECTION_LOST", 1), (1_900, "ROLE_INSUFFICIENT", 2),
                (5_600, "ROLE_INSUFFICIENT", 3),
            ] {
                later.now = { begin + time }
                #expect(await later.renewIfDue(by: Refusing(reason: reason)) == CredentialsFolder.retryAfter)
                #expect(told.withLock { $0.count } == count)
            }
            let words = told.withLock { $0.map(\.description) }
            let end = try #require(credentials.goodUntil).formatted(.iso8601)
            #expect(words.allSatisfy { $0.contains(end) && $0.contains("Nobody is there.") })
        }
    }
}
