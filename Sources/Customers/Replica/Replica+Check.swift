import GRDB
import Storage
import Synchronization

/// What a check of the whole file came to.
package enum ReplicaCheck: Sendable, Equatable {
    /// Every page keeps the file's rules.
    case whole
    /// The file was broken and is kept under this path. An empty one is in its place, which says that it is not complete.
    case setAside(String)
    /// The replica was closed in the meantime.
    case ended
}

extension Replica {
    /// Reads the whole file, which takes two seconds with a million customers, on a connection of its own, while others
    /// use it. A broken file answers no question from then on: it is set aside, and an empty one takes its place.
    ///
    /// At the start only a sample is looked at; whoever opens a replica calls this soon after, on a thread that nobody
    /// waits for.
    /// - Throws: ``CustomersError`` when the file cannot be read, or the broken one not be set aside; no reader answers
    ///   from that one then.
    package func checkWhole() throws(CustomersError) -> ReplicaCheck {
        try checking.run(path: path) { finding throws(CustomersError) in
            guard let finding else { return .whole }
            if finding.isBrokenFile { return .setAside(try replaceFile()) }
            throw CustomersError(storage: finding)
        }
    }

    /// Puts an empty file in the place of one that is known to be broken.
    private func replaceFile() throws(CustomersError) -> String {
        standing.breakDown()
        do {
            let kept = try file.withLock { file in
                // Connections of readers that are still open hold on to the old file and write to none.
                try? file.pool.close()
                let kept = try DatabaseFile.setAside(path: path, now: now())
                file = try ReplicaFile.open(path: path, vault: vault, company: company, now: now())
                file.setAside = kept
                return kept
            }
            standing.renew()
            return kept
        } catch {
            throw CustomersError(error, path: path)
        }
    }
}
