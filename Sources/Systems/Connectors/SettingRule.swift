/// A setting of a kind of system: what it may be, and what holds when it is left out.
package struct SettingRule: Sendable {
    package enum Form: Sendable, Equatable {
        case text
        /// An address, `https:`, or `http:` on this machine.
        case url
        /// The whole path of a file that only its owner may read, or the name of a credential that the service manager hands
        /// over.
        case credential
        case flag
        case integer(ClosedRange<Int>)
        /// One of these words.
        case choice([String])
        case schedule
        /// A list of texts.
        case texts
        /// Texts by names of the store's own.
        case table
        /// What may be kept: a list of ``RecordField``.
        case allow
    }

    /// The setting's name. With a dot it stands in a section: `paths.customers`.
    package let name: String
    package let form: Form
    /// What holds when it is left out; `nil` for one that may be left out without anything in its place.
    package let standard: String?
    package let isNeeded: Bool
    /// Whether a credential is of an account, which is one company's; one of an application may let many accounts in.
    package let isOfAccount: Bool
    /// What it is, in a sentence for the documentation and for messages.
    package let words: String

    package init(
        _ name: String, _ form: Form, standard: String? = nil, isNeeded: Bool = false, isOfAccount: Bool = true,
        _ words: String
    ) {
        self.isOfAccount = isOfAccount
        self.name = name
        self.form = form
        self.standard = standard
        self.isNeeded = isNeeded
        self.words = words
    }
}

/// What is wrong with a setting, in sentences.
package struct SettingFault: Error, Sendable, Equatable {
    /// The setting's name; empty for the system as a whole.
    package let setting: String
    package let words: String

    package init(_ setting: String, _ words: String) {
        self.setting = setting
        self.words = words
    }
}
