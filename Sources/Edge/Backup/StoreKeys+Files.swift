import Storage

extension StoreKeys {
    /// Whether all sealed files of a folder that no edge has open can be read with these keys. One that is not there, or holds
    /// nothing yet, was sealed under none, and fits all.
    /// - Throws: `StorageError` when a file cannot be read.
    func open(filesIn folder: String) throws(StorageError) -> Bool {
        for (name, check) in EdgeKey.checks {
            let standing = try DatabaseFile.keyStanding(of: "\(folder)/\(name)", check, vault: Vault(keys: self))
            if standing == .other { return false }
        }
        return true
    }
}
