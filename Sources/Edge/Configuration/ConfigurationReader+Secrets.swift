import Systems

/// Settings that name secrets, or may hold one by mistake. No message repeats them.
extension ConfigurationReader {
    /// The whole path of a file that holds a secret.
    func secretPath(_ key: String) throws -> String? {
        guard let text = try string(key) else { return nil }
        guard text.hasPrefix("/") else { throw noSecret(key) }
        return try filePath(key)
    }

    /// The whole path of a file that holds a secret, or the name of a credential of the service manager's.
    func credential(_ key: String) throws -> String? {
        guard let text = try string(key) else { return nil }
        if text.hasPrefix("/") { return try filePath(key) }
        guard text.wholeMatch(of: /[A-Za-z0-9_.\-]{1,255}/) != nil, !Self.looksSecret(text) else {
            throw noSecret(key, ", or the name of a credential of the service manager's")
        }
        return text
    }

    /// An address that the edge asks.
    func url(_ key: String) throws -> String? {
        guard let text = try string(key) else { return nil }
        guard HTTPPlace.isUsable(text) else {
            // What stands before an @ may be a password.
            let shown = text.contains("@") ? "that" : "'\(text)'"
            throw mistake(
                "'\(path(key))' cannot be \(shown). It begins with https://, or with http:// on this machine, because others on "
                    + "the way read what goes by http://, and holds no password.", atValueOf: key)
        }
        return text
    }

    private func noSecret(_ key: String, _ other: String = "") -> EdgeError {
        mistake(
            "'\(path(key))' must be the whole path of a file that only its owner may read\(other). If this is the secret itself, "
                + "write it into such a file, and the file's path here.", atValueOf: key)
    }

    /// Whether a word is a generated secret rather than a name that somebody chose: letters and digits by turns.
    private static func looksSecret(_ text: String) -> Bool {
        let turns = zip(text, text.dropFirst()).count { first, second in
            first.isLetter && second.isNumber || first.isNumber && second.isLetter
                || first.isLowercase && second.isUppercase
        }
        return turns >= secretTurnsMin
    }

    /// Names of credentials have few such turns (`vipps-key2`), and 20 random letters and digits hardly ever as few.
    private static let secretTurnsMin = 4
}
