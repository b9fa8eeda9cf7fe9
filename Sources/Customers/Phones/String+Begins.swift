extension StringProtocol {
    /// Whether the text begins with these bytes. For digits it is what `hasPrefix` says, without a look at how characters
    /// are composed, which cost a look-up by phone as much as the database.
    func begins(with beginning: String) -> Bool {
        utf8.starts(with: beginning.utf8)
    }
}
