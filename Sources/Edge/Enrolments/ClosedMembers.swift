import Customers
import Foundation
import Storage
import Synchronization

/// The members of a store that enrolled customers once and enrols nobody now. Their file is opened when somebody first needs it, and
/// once for all: a file has one opening at a time, of this process too, and each reads all of it.
final class ClosedMembers: Sendable {
    private struct State {
        var vault: Vault
        var register: MemberRegister?
        var isClosed = false
    }

    private let path: String
    private let company: String
    private let state: Mutex<State>

    /// - Parameter path: of the file, which need not be there.
    init(path: String, vault: Vault, company: String) {
        self.path = path
        self.company = company
        state = Mutex(State(vault: vault))
    }

    /// The register, which stays open until ``close()``; `nil` where the store enrolled nobody. The first call reads all of the
    /// file, and the others wait for it.
    /// - Throws: ``CustomersError``, also once it was closed.
    func register() throws(CustomersError) -> MemberRegister? {
        try state.withLock { state throws(CustomersError) in
            if let register = state.register { return register }
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            guard !state.isClosed else {
                throw CustomersError(.inputOutput, "\(path) was closed: the edge ends. Ask again when it is back.")
            }
            let register = try MemberRegister(path: path, vault: state.vault, company: company)
            state.register = register
            return register
        }
    }

    /// Seals from now on under another vault; see ``Customers/MemberRegister/change(to:)``.
    func change(to vault: Vault) {
        state.withLock { state in
            state.vault = vault
            state.register?.change(to: vault)
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.register?.close()
            state.register = nil
        }
    }
}
