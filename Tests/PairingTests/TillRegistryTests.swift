import Dispatch
import Foundation
import GRDB
import Testing

@testable import Pairing

@Suite struct TillRegistryTests {
    private let directory: TemporaryDirectory
    private let now = Date(timeIntervalSince1970: 1_790_000_000)

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func till(_ id: String, name: String = "kasse", serial: [UInt8] = [1]) -> Till {
        Till(
            id: id, name: name, lane: "3", role: .till, credential: .certificate(serial: serial, previous: nil),
            expiresAt: now + 3_600, pairedAt: now)
    }

    private func registry(_ change: (inout PairingLimits) -> Void = { _ in }) throws -> TillRegistry {
        var limits = PairingLimits()
        change(&limits)
        return try TillRegistry(path: directory.file("tills.db"), limits: limits)
    }

    @Test("What was changed is there again after a restart")
    func survives() throws {
        let first = try registry()
        try first.add(till("till-a"))
        let browser = Till(
            id: "till-b", name: "nettbrett", lane: "", role: .display, credential: .browserKey([4, 5]), expiresAt: now,
            pairedAt: now)
        try first.add(browser)
        _ = try first.rename("till-a", to: "kasse én")
        _ = try first.renew("till-a", serial: [2], expiresAt: now + 7_200)
        _ = try first.revoke("till-b", now: now + 60)
        let before = first.all
        first.close()
        let second = try registry()
        #expect(second.all == before)
        #expect(second.till("till-a")?.name == "kasse én")
        #expect(second.till("till-a")?.credential == .certificate(serial: [2], previous: [1]))
        #expect(second.till("till-b")?.revokedAt == now + 60)
        second.close()
        #expect(try directory.mode("tills.db") == 0o600)
    }

    @Test("The certificate before the newest is good until the newest was seen")
    func renewal() throws {
        let registry = try registry()
        try registry.add(till("till-a"))
        _ = try registry.renew("till-a", serial: [2], expiresAt: now)
        _ = registry.sawNewest("till-a")
        #expect(registry.till("till-a")?.credential == .certificate(serial: [2], previous: nil))
        registry.close()
    }

    @Test("That a till has used its newest certificate counts at once, and is kept over a restart")
    func newestIsKept() throws {
        let first = try registry()
        try first.add(till("till-a"))
        _ = try first.renew("till-a", serial: [2], expiresAt: now)
        #expect(first.sawNewest("till-a") && !first.sawNewest("till-a"))
        try first.keep("till-a")
        first.close()
        let second = try registry()
        #expect(second.till("till-a")?.credential == .certificate(serial: [2], previous: nil))
        second.close()
    }

    @Test("Whoever asks for a till is answered while another change waits for the disk")
    func readsDoNotWait() throws {
        let registry = try registry()
        try registry.add(till("till-a"))
        // Somebody else has the file, so that a change waits until it is given back.
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: directory.file("tills.db"), configuration: configuration)
        try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let renaming = DispatchQueue(label: "renaming")
        let isRenaming = DispatchSemaphore(value: 0)
        renaming.async {
            isRenaming.signal()
            _ = try? registry.rename("till-a", to: "kasse 2")
        }
        isRenaming.wait()
        let names = Set((0..<200_000).map { _ in registry.till("till-a")?.name })
        #expect(names == ["kasse"])
        try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        renaming.sync {}
        #expect(registry.till("till-a")?.name == "kasse 2")
        registry.close()
    }

    @Test("The certificate that was used last stays good however many newer ones got lost on their way")
    func lostRenewals() throws {
        let registry = try registry()
        try registry.add(till("till-a"))
        for serial: UInt8 in 2...4 { _ = try registry.renew("till-a", serial: [serial], expiresAt: now) }
        #expect(registry.till("till-a")?.credential == .certificate(serial: [4], previous: [1]))
        registry.close()
    }

    @Test("A till that nobody knows is said to be unknown, and a name that cannot be is refused")
    func refusals() throws {
        let registry = try registry()
        #expect(throws: PairingError.self) { try registry.revoke("nobody", now: now) }
        try registry.add(till("till-a"))
        for name in ["", String(repeating: "x", count: 65), "a\nb"] {
            let error = #expect(throws: PairingError.self) { try registry.rename("till-a", to: name) }
            #expect(error?.code == .nameInvalid)
        }
        registry.close()
    }

    @Test("No more tills than may be are paired, and of those revoked the oldest are forgotten")
    func bounds() throws {
        let registry = try registry {
            $0.tillsMax = 2
            $0.revokedMax = 3
        }
        for number in 0..<10 {
            try registry.add(till("till-\(number)"))
            _ = try registry.revoke("till-\(number)", now: now + Double(number))
        }
        #expect(registry.all.map(\.id) == ["till-7", "till-8", "till-9"])
        try registry.add(till("till-a"))
        try registry.add(till("till-b"))
        let error = #expect(throws: PairingError.self) { try registry.add(till("till-c")) }
        #expect(error?.code == .tooManyTills)
        registry.close()
    }

    @Test("After a backup was put back, a newer certificate of a till that it knows is taken up, and no other is")
    func restored() throws {
        let first = try registry()
        for id in ["till-a", "till-b"] { try first.add(till(id)) }
        _ = try first.revoke("till-b", now: now)
        let later = ShownCertificate(till: "till-a", serial: [9], issuedAt: now + 60, expiresAt: now + 9_000)
        #expect(first.adopt(later) == nil, "Nothing was put back yet")
        first.close()
        try TillRegistry.noteRestored(at: directory.file("tills.db"), madeAt: now + 30)
        let second = try registry()
        var other = [later, later, later, later]
        other = zip(other, ["till-b", "till-x", "till-a", "till-a"]).enumerated().map { index, pair in
            ShownCertificate(
                till: pair.1, serial: [UInt8(index)], issuedAt: index == 2 ? now + 29 : pair.0.issuedAt,
                // The last was superseded before the backup was made.
                expiresAt: index == 3 ? now + 3_000 : pair.0.expiresAt)
        }
        for shown in other { #expect(second.adopt(shown) == nil, "\(shown)") }
        #expect(second.adopt(later)?.id == "till-a")
        #expect(second.till("till-a")?.credential == .certificate(serial: [9], previous: nil))
        second.close()
        // A second time with a newer backup leaves those in who have not been here since the first.
        try TillRegistry.noteRestored(at: directory.file("tills.db"), madeAt: now + 300)
        let third = try registry()
        #expect(third.restoredFrom == now + 30)
        #expect(third.till("till-a")?.credential == .certificate(serial: [9], previous: nil))
        third.close()
    }

    @Test("A broken file is left as it is, and said to be broken")
    func broken() throws {
        try directory.write(Data("no database, surely".utf8), to: "tills.db")
        try directory.setMode(0o600, of: "tills.db")
        let error = #expect(throws: PairingError.self) { try registry() }
        #expect(error?.code == .registryUnusable)
        #expect(try directory.names().filter { $0.hasPrefix("tills.db") && !$0.hasSuffix(".lock") } == ["tills.db"])
    }
}
