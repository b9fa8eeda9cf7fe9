/// A system as the store configures it, its values read by the rules of its kind.
package struct SystemSettings: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
        case text(String)
        case flag(Bool)
        case integer(Int)
        case texts([String])
        case table([String: String])
    }

    /// The system's name: 1 to 32 small letters, digits and dashes.
    package var name: String
    package var kind: String
    /// A system that is switched off keeps its settings, and is neither read nor asked.
    package var isEnabled: Bool
    /// By the names of the rules.
    package var values: [String: Value]

    package init(name: String, kind: String, isEnabled: Bool = true, values: [String: Value] = [:]) {
        self.name = name
        self.kind = kind
        self.isEnabled = isEnabled
        self.values = values
    }

    /// A setting's text, or what its rule says in its place; empty for none.
    package func text(_ name: String) -> String {
        if case .text(let text)? = values[name] { return text }
        return standard(name) ?? ""
    }

    /// A setting's text; `nil` where there is none, not even of its rule.
    package func optionalText(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    package func flag(_ name: String) -> Bool {
        if case .flag(let flag)? = values[name] { return flag }
        return standard(name) == "true"
    }

    package func integer(_ name: String) -> Int {
        if case .integer(let number)? = values[name] { return number }
        return standard(name).flatMap { Int($0) } ?? 0
    }

    /// A list; that of its rule has spaces between its words.
    package func texts(_ name: String) -> [String] {
        if case .texts(let texts)? = values[name] { return texts }
        return standard(name)?.split(separator: " ").map(String.init) ?? []
    }

    package func table(_ name: String) -> [String: String] {
        if case .table(let table)? = values[name] { return table }
        return [:]
    }

    /// A schedule that was checked when it was read.
    package func schedule(_ name: String) -> FeedSchedule {
        FeedSchedule(text(name)) ?? .hourly(minute: 0)
    }

    /// What may be kept.
    package func allowed(_ name: String) -> Set<RecordField> {
        Set(texts(name).compactMap { RecordField(rawValue: $0) })
    }

    private func standard(_ name: String) -> String? {
        ConnectorKinds.named(kind)?.rules.first { $0.name == name }?.standard
    }
}
