import Storage
import Synchronization

/// What a company's rows are sealed and found under at present, for the replica and all its readers.
///
/// Whoever writes takes it within the transaction that writes: what is under the key before is then all in the file before its
/// rewriting begins. Whoever reads takes it for a snapshot, and sees by ``version`` that it was the same before and after.
final class ReplicaKeys: Sendable {
    private struct Present {
        let vault: Vault
        let keys: CompanyKeys
    }

    let company: String
    private let present: Mutex<Present>
    private let changes = Atomic(0)

    init(vault: Vault, company: String) {
        self.company = company
        present = Mutex(Present(vault: vault, keys: CompanyKeys(vault: vault, company: company)))
    }

    var vault: Vault { present.withLock { $0.vault } }
    var keys: CompanyKeys { present.withLock { $0.keys } }
    /// How often they changed.
    var version: Int { changes.load(ordering: .acquiring) }

    func change(to vault: Vault) {
        let fresh = Present(vault: vault, keys: CompanyKeys(vault: vault, company: company))
        present.withLock { present in
            present = fresh
            changes.add(1, ordering: .releasing)
        }
    }
}
