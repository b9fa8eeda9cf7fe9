package import Systems

/// Finds accounts of systems that two companies share: Solteq says of Cardu that an integration account must be unique across
/// companies (manual.solteqpos.com, the Cardu add-on).
package enum SharedCredentials {
    /// - Returns: a sentence for each account that is shared.
    package static func find(
        _ configurations: [(file: String, configuration: EdgeConfiguration)],
        credentials: CredentialFiles = CredentialFiles()
    ) -> [String] {
        var owners: [String: (file: String, company: String)] = [:]
        var words: [String] = []
        for (file, configuration) in configurations {
            let company = configuration.store.company
            for account in configuration.systems.flatMap({ accounts(of: $0, credentials) }) {
                guard let owner = owners[account.key] else {
                    owners[account.key] = (file, company)
                    continue
                }
                guard owner.company != company else { continue }
                words.append(
                    "\(file): \(account.setting) of system \(account.system) is the account of company \(owner.company) too "
                        + "(\(owner.file)). An account is one company's: have another one made for \(company).")
            }
        }
        return words
    }

    private static func accounts(
        of settings: SystemSettings, _ credentials: CredentialFiles
    ) -> [(key: String, system: String, setting: String)] {
        let rules = ConnectorKinds.named(settings.kind)?.rules ?? []
        return rules.filter { $0.form == .credential && $0.isOfAccount }.compactMap { rule in
            guard let place = settings.optionalText(rule.name), let secret = try? credentials.read(place) else {
                return nil
            }
            return ("\(settings.kind)\t\(rule.name)\t\(secret.text)", settings.name, rule.name)
        }
    }
}
