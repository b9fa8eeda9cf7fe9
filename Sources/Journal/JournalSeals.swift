import Storage

/// What a journal's rows are sealed with: a sealer for each kind of row, under one vault.
///
/// Whoever writes takes them within the transaction that writes, and whoever reads once the rows are read: when the store's
/// key changes, everything that is under the key before is then in the file before its rewriting begins.
struct JournalSeals: Sendable {
    let vault: Vault
    let scans: Sealer
    let states: Sealer
    let answers: Sealer
    let outbox: OutboxSeal
    let redemptions: Sealer
    let formerCodes: Sealer
    let departing: Sealer

    init(_ vault: Vault) {
        self.vault = vault
        scans = vault.sealer(for: JournalFile.context)
        states = vault.sealer(for: "lane_states.state")
        answers = vault.sealer(for: "operations.answer")
        outbox = OutboxSeal(vault)
        redemptions = vault.sealer(for: "redemptions.content")
        formerCodes = vault.sealer(for: "former_codes.content")
        departing = vault.sealer(for: "departing.content")
    }
}
