import Storage

/// What a company's rows are sealed and found under. Another company's values have other seals and other indexes.
struct CompanyKeys: Sendable {
    let company: String
    let records: Sealer
    let cursors: Sealer
    private let vault: Vault

    init(vault: Vault, company: String) {
        self.vault = vault
        self.company = company
        records = vault.sealer(for: "customers.record \(company)")
        cursors = vault.sealer(for: "feeds.cursor \(company)")
        cardDomain = "card \(company)"
        gtinDomain = "gtin \(company)"
        phoneDomain = "phone \(company)"
        emailDomain = "email \(company)"
        externalDomain = "external \(company)"
        tokenDomain = "name \(company)"
    }

    private let cardDomain: String
    private let gtinDomain: String
    private let phoneDomain: String
    private let emailDomain: String
    private let externalDomain: String
    private let tokenDomain: String

    /// The index of an identifier's compared form.
    func blind(_ value: [UInt8], _ kind: IdentifierForm.Kind) -> [UInt8] {
        let domain =
            switch kind {
            case .card: cardDomain
            case .gtin: gtinDomain
            case .phone: phoneDomain
            case .email: emailDomain
            case .externalID: externalDomain
            }
        return vault.blindIndex(value, domain: domain)
    }

    /// The token of a beginning of a word. Eight bytes serve: what a search finds is compared once it is open.
    func token(_ beginning: some Sequence<UInt8>) -> Int64 {
        vault.blindIndex(Array(beginning), domain: tokenDomain).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    /// The opaque id of the customer whom a feed knows by a key.
    func customerID(feed: String, key: String) -> CustomerID {
        // The length keeps a feed and a key apart from a longer feed and a shorter key.
        CustomerID(bytes: vault.blindIndex(Array("\(feed.utf8.count) \(feed)\(key)".utf8), domain: "id \(company)"))
    }

    /// What tells another key's file.
    static func check(_ vault: Vault) -> [UInt8] {
        vault.blindIndex(Array("replica".utf8), domain: "key check")
    }
}
