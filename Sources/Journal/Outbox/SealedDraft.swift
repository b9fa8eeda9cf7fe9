import GRDB
import Storage

/// A draft as it is written.
struct SealedDraft: Sendable {
    let system: String
    let kind: String
    /// Keyed digests: of the operation id in its system, of what it asks for, and of the subject.
    let key: [UInt8]
    let digest: [UInt8]
    /// The keyed digest of the operation id of the call that asked for it; `nil` when none did.
    let request: [UInt8]?
    let subject: [UInt8]?
    /// The keyed digest of its place in its system.
    let place: [UInt8]?
    let content: [UInt8]
}

/// Seals drafts and opens entries.
struct OutboxSeal: Sendable {
    private let vault: Vault
    private let sealer: Sealer

    init(_ vault: Vault) {
        self.vault = vault
        sealer = vault.sealer(for: "outbox.content")
    }

    func seal(_ draft: OutboxDraft) throws(StorageError) -> SealedDraft {
        let content = OutboxContent(draft).bytes
        return SealedDraft(
            system: draft.system, kind: draft.kind,
            key: vault.pseudonym(of: draft.operation, domain: "outbox \(draft.system)").bytes,
            digest: digest(of: draft, content), request: draft.request.map { key(of: $0) },
            subject: draft.subject.isEmpty ? nil : subject(draft.subject),
            place: draft.place.map { place($0, of: draft.system) }, content: try sealer.seal(content))
    }

    /// The keyed digest of a request's operation id.
    func key(of request: OutboxRequest) -> [UInt8] {
        vault.pseudonym(of: request.operation, domain: "outbox request").bytes
    }

    /// The keyed digest of what a request asks for.
    private func digest(of request: OutboxRequest) -> [UInt8] {
        vault.blindIndex(Array(request.call.utf8) + [0] + request.body, domain: "outbox request content")
    }

    private func digest(of draft: OutboxDraft, _ content: [UInt8]) -> [UInt8] {
        draft.request.map { digest(of: $0) } ?? digest(kind: draft.kind, content)
    }

    /// The keyed digest of a subject.
    func subject(_ subject: String) -> [UInt8] {
        vault.pseudonym(of: Array(subject.utf8), domain: "outbox subject").bytes
    }

    /// The keyed digest of the word for what an entry says the present state of.
    func place(_ place: String, of system: String) -> [UInt8] {
        vault.pseudonym(of: Array(place.utf8), domain: "outbox place \(system)").bytes
    }

    /// The keyed digest of what an entry asks for.
    func digest(kind: String, _ content: [UInt8]) -> [UInt8] {
        vault.blindIndex(Array(kind.utf8) + [0] + content, domain: "outbox content")
    }

    /// Whether an entry asks for the same as a draft. Of one that ended, or that a request asked for, before the store's key
    /// changed that is not known any more: its operation id alone tells.
    func isSame(_ written: [UInt8], as draft: OutboxDraft) -> Bool {
        let content = OutboxContent(draft).bytes
        return isSame(written) { $0.digest(of: draft, content) }
    }

    /// Whether an entry was asked for by such a request.
    func isSame(_ written: [UInt8], as request: OutboxRequest) -> Bool {
        isSame(written) { $0.digest(of: request) }
    }

    private func isSame(_ written: [UInt8], _ digest: (OutboxSeal) -> [UInt8]) -> Bool {
        guard !written.isEmpty, written != digest(self) else { return true }
        return vault.before.map { digest(OutboxSeal($0)) == written } ?? false
    }

    /// What an entry's row becomes under the present key; `nil` when it stays as it is.
    /// - Parameter isRequested: whether a request asked for it, of which nothing but digests is kept.
    func rewritten(
        kind: String, content: [UInt8]?, isRequested: Bool
    ) throws(StorageError) -> (digest: [UInt8], content: [UInt8]?)? {
        // What it asked for is gone from an entry that came to its end, and with it what the digest was made of.
        guard let content else { return ([], nil) }
        guard sealer.isOutdated(content), let plain = try? sealer.open(content) else { return nil }
        return (isRequested ? [] : digest(kind: kind, plain), try sealer.seal(plain))
    }

    /// A content sealed anew under the present key; `nil` when it is so, or cannot be opened.
    func resealed(_ content: DatabaseValue) throws(StorageError) -> DatabaseValue? { try sealer.resealed(content) }

    /// Whether a content is sealed under the key before.
    func isOutdated(_ sealed: [UInt8]) -> Bool { sealer.isOutdated(sealed) }

    func seal(_ content: OutboxContent) throws(StorageError) -> [UInt8] { try sealer.seal(content.bytes) }

    func open(_ sealed: [UInt8]) throws(StorageError) -> OutboxContent {
        OutboxContent(try sealer.open(sealed))
    }
}
