import Customers
import Edge
import Foundation
import Storage

/// A state directory with a sealed replica of so many customers, made once and kept.
struct BenchStore: Sendable {
    /// Raised when the customers or the file's form change.
    private static let version = 2

    let directory: String
    let count: Int

    private var keyPath: String { directory + "/key" }
    var replicaPath: String { directory + "/replica.db" }

    /// The store, made anew unless a whole one is there.
    static func ready(in directory: String, count: Int, note: (String) -> Void) throws -> BenchStore {
        let store = BenchStore(directory: "\(directory)/store-\(count)-\(version)", count: count)
        let mark = store.directory + "/complete"
        let files = FileManager.default
        if !files.fileExists(atPath: mark) {
            note("Making a sealed replica of \(count) customers, once.")
            try? files.removeItem(atPath: store.directory)
            try files.createDirectory(atPath: store.directory, withIntermediateDirectories: true)
            try store.fill()
            try Data().write(to: URL(fileURLWithPath: mark))
        }
        return store
    }

    private func fill() throws {
        let replica = try open()
        defer { replica.close() }
        for start in stride(from: 0, to: count, by: BenchCustomers.pageRows) {
            try replica.apply(BenchCustomers.page(from: start, count: count))
        }
    }

    func open() throws -> Replica {
        let vault = Vault(key: try StoreKey.loadOrCreate(at: keyPath))
        return try Replica(
            path: replicaPath, vault: vault, company: BenchCustomers.company, region: BenchCustomers.region)
    }

    /// The configuration of an edge on this store, as its file would have it: virtual devices, TCP on loopback.
    func configuration(lanes: Int) throws -> EdgeConfiguration {
        let yaml = """
            store: {name: Bench, region: \(BenchCustomers.region), company: \(BenchCustomers.company)}
            state: "\(directory)"
            key: "\(keyPath)"
            listen: {host: 127.0.0.1, port: 0, unix: ""}
            lanes: [\((1...lanes).map { "{name: '\($0)'}" }.joined(separator: ", "))]
            usb: virtual
            """
        return try EdgeConfiguration.parse(yaml: yaml, file: "bench.yaml")
    }

    /// Each run begins with an empty journal.
    func removeJournal() {
        for ending in ["", "-wal", "-shm", ".lock", ".unwritten"] {
            try? FileManager.default.removeItem(atPath: "\(directory)/journal.db\(ending)")
        }
    }

    /// Reads the replica through, so that no measurement pays for a cold disk.
    func warm() {
        guard let file = FileHandle(forReadingAtPath: replicaPath) else { return }
        while let part = try? file.read(upToCount: 1 << 22), !part.isEmpty {}
        try? file.close()
    }
}
