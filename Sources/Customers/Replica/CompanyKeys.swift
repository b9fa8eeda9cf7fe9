import Storage

/// What a company's rows are sealed and found under. Another company's values have other seals and other indexes.
struct CompanyKeys: Sendable {
    let company: String
    let records: Sealer
    let cursors: Sealer
    private let vault: Vault
    private let earlier: [CompanyKeys]

    init(vault: Vault, company: String) {
        self.vault = vault
        self.company = company
        earlier = vault.before.map { [CompanyKeys(vault: $0, company: company)] } ?? []
        records = vault.sealer(for: "customers.record \(company)")
        cursors = vault.sealer(for: "feeds.cursor \(company)")
        cardDomain = "card \(company)"
        gtinDomain = "gtin \(company)"
        phoneDomain = "phone \(company)"
        emailDomain = "email \(company)"
        externalDomain = "external \(company)"
        tokenDomain = "name \(company)"
        idDomain = "id \(company)"
    }

    private let cardDomain: String
    private let gtinDomain: String
    private let phoneDomain: String
    private let emailDomain: String
    private let externalDomain: String
    private let tokenDomain: String
    private let idDomain: String

    /// Those under which rows may still be that are not rewritten; `nil` unless the store's key changes.
    var before: CompanyKeys? { earlier.first }

    /// The index of an identifier's compared form.
    func blind(_ value: [UInt8], _ kind: IdentifierForm.Kind) -> BlindIndex {
        let domain =
            switch kind {
            case .card: cardDomain
            case .gtin: gtinDomain
            case .phone: phoneDomain
            case .email: emailDomain
            case .externalID: externalDomain
            }
        return vault.index(of: value, domain: domain)
    }

    /// The token of a beginning of a word. Eight bytes serve: what a search finds is compared once it is open.
    func token(_ beginning: some Sequence<UInt8>) -> Int64 {
        Int64(bitPattern: vault.index(of: Array(beginning), domain: tokenDomain).high)
    }

    /// The opaque id of the customer whom a feed knows by a key; the same under every key of the store.
    func customerID(feed: String, key: String) -> CustomerID {
        // The length keeps a feed and a key apart from a longer feed and a shorter key.
        CustomerID(vault.pseudonym(of: Array("\(feed.utf8.count) \(feed)\(key)".utf8), domain: idDomain))
    }

    /// The generation of the key that they are of.
    var generation: UInt8 { vault.generation }

    /// Whether a file's key check is that of these keys.
    func isOf(_ check: [UInt8]) -> Bool { vault.standing(check, of: Self.keyName) == .present }

    /// What the file's key check is made of.
    static let keyName = "replica"
}
