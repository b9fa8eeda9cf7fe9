import Foundation
import GRDB
import Storage
import Testing

@testable import Customers

@Suite("The replica's file")
struct ReplicaFileTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    @Test("A file that is no database is set aside and said, and the copy begins anew, not complete")
    func setsAside() throws {
        try bench.directory.write(Data("no database, but long enough to be looked at as one".utf8), to: "replica.db")
        let replica = try bench.open()
        let setAside = try #require(replica.setAside)
        #expect(setAside.hasPrefix(bench.path + ".broken-"))
        #expect(FileManager.default.fileExists(atPath: setAside))
        #expect(try replica.status() == ReplicaStatus(customers: 0, ageMilliseconds: 0, complete: false))
        #expect(try replica.makeReader().resolve(typed: "x") == .unknown)
        replica.close()
    }

    @Test("Another key's replica is refused and left as it is")
    func refusesAWrongKey() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        replica.close()
        #expect {
            try Replica(path: bench.path, vault: ReplicaBench.vault(8), company: "nordmat", region: "NO")
        } throws: {
            ($0 as? CustomersError)?.code == .wrongKey
        }
        let again = try bench.open()
        #expect(again.setAside == nil)
        #expect(try again.status().customers == 1)
        again.close()
    }

    @Test("A file of the first schema is loaded anew, and forgets neither its company nor whom it erased")
    func bringsUpTheFirstSchema() throws {
        var replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        let id = try #require(try replica.makeReader().resolve(typed: "LIB-9").customerID)
        try replica.erase(customerID: id, at: ReplicaBench.noon)
        try replica.pool.write { database in
            try database.execute(
                sql: "DELETE FROM grdb_migrations WHERE identifier = 'tokens of one letter'; PRAGMA user_version = 1")
        }
        replica.close()
        replica = try bench.open()
        #expect(replica.setAside == nil)
        #expect(try replica.status() == ReplicaStatus(customers: 0, ageMilliseconds: 0, complete: false))
        #expect(try replica.cursor(of: "poster") == nil)
        let refused = AppliedPage(upserted: 1, findings: [RowFinding(row: 0, reason: .erased)])
        #expect(try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola])) == refused)
        #expect(try replica.makeReader().search(name: "ola å", limit: 5).customers.count == 1)
        replica.close()
    }

    @Test("A second process is told that the replica is in use")
    func isHeldOnce() throws {
        let replica = try bench.open()
        #expect { try bench.open() } throws: { ($0 as? CustomersError)?.code == .inUse }
        replica.close()
    }

    @Test("An unknown region and a nameless company are refused with what to do")
    func refusesSettings() throws {
        for (company, region) in [("nordmat", "XX"), ("", "NO"), (String(repeating: "n", count: 65), "NO")] {
            #expect {
                try bench.open(company: company, region: region)
            } throws: {
                ($0 as? CustomersError)?.code == .settingsWrong
            }
        }
    }

    @Test("Two companies in one file never see each other's customers, by code, id, phone or name")
    func keepsCompaniesApart() throws {
        var replica = try bench.open(company: "nordmat")
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        let id = try #require(try replica.makeReader().resolve(typed: "2000012345678").customerID)
        replica.close()
        replica = try bench.open(company: "sørmat")
        let reader = try replica.makeReader()
        #expect(try replica.status() == ReplicaStatus(customers: 0, ageMilliseconds: 0, complete: false))
        #expect(try replica.cursor(of: "poster") == nil)
        for code in ["2000012345678", "41234567", "kari.nordas@example.no", "LIB-9"] {
            #expect(try reader.resolve(typed: code) == .unknown)
        }
        #expect(try reader.resolve(Identifier(type: .externalID, value: "77")).resolution == .unknown)
        #expect(try reader.customer(id: id) == nil)
        #expect(try reader.search(name: "kari", limit: 5).customers.isEmpty)
        #expect(try replica.erase(customerID: id, at: ReplicaBench.noon).found == false)
        // The same card and key are no conflict.
        #expect(try replica.apply(ReplicaBench.page([ReplicaBench.kari])) == AppliedPage(upserted: 1))
        #expect(try replica.makeReader().resolve(typed: "2000012345678").customerID != id)
        replica.close()
        replica = try bench.open(company: "nordmat")
        #expect(try replica.makeReader().resolve(typed: "2000012345678").customerID == id)
        replica.close()
    }

    @Test("One company's record does not open as another's")
    func sealsCompaniesApart() throws {
        let one = CompanyKeys(vault: bench.vault, company: "nordmat")
        let other = CompanyKeys(vault: bench.vault, company: "sørmat")
        let sealed = try one.records.seal([1, 2, 3])
        #expect(try one.records.open(sealed) == [1, 2, 3])
        #expect(throws: StorageError.self) { try other.records.open(sealed) }
        #expect(one.blind([1], .card) != other.blind([1], .card))
        #expect(one.token("ka".utf8) != other.token("ka".utf8))
    }

    @Test("No clear word of a customer stands in the file or its log, before or after a checkpoint")
    func sealsEverything() throws {
        let replica = try bench.open()
        var canary = ReplicaBench.kari
        canary.name = "Canariella Zwitscherlinsky"
        canary.firstName = "Canariella"
        canary.key = "CANARYKEY"
        canary.identifiers = [
            Identifier(type: .customerCard, value: "CANARYCARD"), Identifier(type: .phone, value: "+4740817263"),
            Identifier(type: .email, value: "canary@example.no"), Identifier(type: .linkedCard, value: "CANARYLINK"),
            Identifier(type: .externalID, value: "CANARYEXTERNAL"),
        ]
        canary.permissions[0].consentText = "CANARYCONSENT"
        try replica.apply(ReplicaBench.page([canary], cursor: "CANARYCURSOR"))
        #expect(try replica.makeReader().resolve(typed: "CANARYCARD").names == [canary.name])
        #expect(try bench.directory.bytes("replica.db-wal").count > 4_096)
        for _ in 0..<2 {
            for name in ["replica.db", "replica.db-wal"] {
                let text = String(decoding: try bench.directory.bytes(name), as: Unicode.ASCII.self).lowercased()
                for word in ["canar", "zwits", "40817263", "example.no"] {
                    #expect(!text.contains(word), "\(word) in \(name)")
                }
            }
            #expect(try replica.scrub())
        }
        replica.close()
    }
}
