import Yams

/// What is wrong with an entry of a list, in sentences.
struct ListFault: Error {
    let words: String
}

/// Reads a mapping of the configuration file and says with line and column what is wrong with it.
struct ConfigurationReader {
    let file: String
    let place: String
    /// Settings that are read as if they were not there, as messages name them: what is wrong with them is told already.
    let passedOver: Set<String>
    private let node: Node
    private let mapping: Node.Mapping?

    /// - Throws: ``EdgeError`` of code `configurationInvalid` when the text is no YAML mapping.
    init(yaml: String, file: String) throws {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw Self.noYAML(error, file: file)
        }
        guard let root, root.mapping != nil else {
            throw EdgeError(.configurationInvalid, "\(file) holds no settings. Begin with the example of the README.")
        }
        self.init(file: file, place: "", node: root)
    }

    /// What the parser found, without the line in which it did: a secret may stand there.
    private static func noYAML(_ error: any Error, file: String) -> EdgeError {
        let (mark, problem): (Mark?, String) =
            switch error as? YamlError {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                (mark, problem)
            case .duplicatedKeysInMapping(let duplicates, let context):
                (context.mark, "a setting stands there twice: \(duplicates.joined(separator: ", "))")
            case .reader(let problem, _, _, _): (nil, problem)
            default: (nil, "it cannot be read")
            }
        let position = mark.map { ":\($0.line):\($0.column)" } ?? ""
        return EdgeError(
            .configurationInvalid, "\(file)\(position): \(file) is not YAML there. Mend that line.", cause: problem)
    }

    private init(file: String, place: String, node: Node, passedOver: Set<String> = []) {
        self.file = file
        self.place = place
        self.node = node
        self.passedOver = passedOver
        self.mapping = node.mapping
    }

    /// The same mapping, without these settings.
    func passing(over settings: Set<String>) -> ConfigurationReader {
        ConfigurationReader(file: file, place: place, node: node, passedOver: settings)
    }

    /// What stands at `key`.
    private func child(_ key: String) -> Node? {
        passedOver.contains(path(key)) ? nil : mapping?[key]
    }

    /// The settings of this mapping that are not passed over.
    private var pairs: [(key: Node, value: Node)] {
        (mapping ?? [:]).filter { !passedOver.contains(path($0.key.string ?? "?")) }.map { ($0.key, $0.value) }
    }

    /// A mistake in this mapping, with its place.
    func mistake(_ message: String) -> EdgeError { mistake(message, at: nil, setting: place) }

    /// - Parameter setting: what is at fault, as messages name it.
    private func mistake(_ message: String, at node: Node?, setting: String) -> EdgeError {
        let mark = (node ?? self.node).mark
        let position = mark.map { ":\($0.line):\($0.column)" } ?? ""
        return EdgeError(
            .configurationInvalid, "\(file)\(position): \(message)",
            setting: .init(name: setting, line: mark?.line ?? 0, column: mark?.column ?? 0))
    }

    /// Refuses every key that is not named here, so that a misspelt setting is not silently ignored.
    func allowOnly(_ keys: [String]) throws {
        for pair in pairs {
            guard let key = pair.key.string, keys.contains(key) else {
                let name = path(pair.key.string ?? "?")
                throw mistake(
                    "'\(name)' is no setting. Known here: \(keys.joined(separator: ", ")).", at: pair.key, setting: name
                )
            }
        }
    }

    func section(_ key: String) throws -> ConfigurationReader? {
        guard let child = child(key) else { return nil }
        guard child.mapping != nil else {
            throw mistake("'\(path(key))' must hold settings of its own.", atValueOf: key)
        }
        return ConfigurationReader(file: file, place: path(key), node: child, passedOver: passedOver)
    }

    func sections(_ key: String) throws -> [ConfigurationReader]? {
        guard let child = child(key) else { return nil }
        guard let sequence = child.sequence else { throw mistake("'\(path(key))' must be a list.", atValueOf: key) }
        return try entries(of: sequence, key).map { place, entry in
            guard entry.mapping != nil else {
                throw mistake("'\(place)' must hold settings.", at: entry, setting: place)
            }
            return ConfigurationReader(file: file, place: place, node: entry, passedOver: passedOver)
        }
    }

    /// Whether a setting is passed over. What would be asked for is not, then: it is told already what is wrong with it.
    func isPassedOver(_ key: String) -> Bool { passedOver.contains(path(key)) }

    /// Whether nothing in this section is passed over.
    var isWhole: Bool { !passedOver.contains { $0.hasPrefix(place + ".") || $0.hasPrefix(place + "[") } }

    /// A text without which the section cannot be used. Where it is passed over, its place stands for it, so that the rest is
    /// read all the same: nothing starts with such a configuration.
    /// - Parameter words: what is wrong with a text that is missing, or is none that `isRight`.
    func neededText(_ key: String, _ words: String, isRight: (String) -> Bool) throws -> String {
        guard !isPassedOver(key) else { return place }
        guard let text = try string(key), isRight(text) else { throw mistake(words, atValueOf: key) }
        return text
    }

    /// The entries of a list that are not passed over, each with its place.
    private func entries(of sequence: Node.Sequence, _ key: String) -> [(place: String, entry: Node)] {
        sequence.enumerated().map { ("\(path(key))[\($0.offset + 1)]", $0.element) }
            .filter { !passedOver.contains($0.place) }
    }

    /// Whether an entry of a list was passed over as a whole, so that nobody knows what it would have been.
    func lacksEntries(_ key: String) -> Bool {
        (child(key)?.sequence?.indices)?.contains { passedOver.contains("\(path(key))[\($0 + 1)]") } ?? false
    }

    func string(_ key: String) throws -> String? {
        guard let child = child(key) else { return nil }
        guard let text = child.scalar?.string else { throw mistake("'\(path(key))' must be a text.", atValueOf: key) }
        return text
    }

    func strings(_ key: String) throws -> [String]? {
        try listed(key)?.map(\.text)
    }

    /// The texts of a list, each with its place.
    private func listed(_ key: String) throws -> [(place: String, entry: Node, text: String)]? {
        guard let child = child(key) else { return nil }
        guard let sequence = child.sequence else { throw mistake("'\(path(key))' must be a list.", atValueOf: key) }
        return try entries(of: sequence, key).map { place, entry in
            guard let text = entry.scalar?.string else {
                throw mistake("'\(path(key))' must list texts.", at: entry, setting: place)
            }
            return (place, entry, text)
        }
    }

    /// The names in this mapping, in their order.
    var keys: [String] { pairs.compactMap { $0.key.string } }

    /// The texts of this mapping by their names. A quoted name of digits is no number, and is found here alone.
    func namedTexts() throws -> [String: String] {
        var texts: [String: String] = [:]
        for pair in pairs {
            guard let name = pair.key.string, let text = pair.value.scalar?.string else {
                throw mistake(
                    "'\(place)' holds texts by their names, and nothing else.", at: pair.key,
                    setting: path(pair.key.string ?? "?"))
            }
            texts[name] = text
        }
        return texts
    }

    /// Whether something stands at `key`.
    func isGiven(_ key: String) -> Bool { child(key) != nil }

    /// Whether the value of `key` is a mapping.
    func holdsSettings(_ key: String) -> Bool { child(key)?.mapping != nil }

    /// A text, or several in a list.
    func texts(_ key: String) throws -> [String]? {
        if let text = child(key)?.scalar?.string { return [text] }
        return try strings(key)
    }

    /// The entries of a list, each read by `parse`, which throws the words of what is wrong with it.
    func list<Value>(_ key: String, _ parse: (String) throws(ListFault) -> Value) throws -> [Value]? {
        try listed(key)?.map { place, entry, text in
            do throws(ListFault) {
                return try parse(text)
            } catch {
                throw mistake(error.words, at: entry, setting: place)
            }
        }
    }

    /// A file or folder, by its whole path: what a service is started in is nobody's choice.
    func filePath(_ key: String, bytesMax: Int = 4_095) throws -> String? {
        guard let text = try string(key) else { return nil }
        guard text.hasPrefix("/") else {
            let why = text.hasPrefix("~") ? "nobody expands the ~ in it" : "it does not begin with /"
            throw mistake(
                "'\(path(key))' cannot be '\(text)', because \(why). Write the whole path, such as /var/lib/countertop.",
                atValueOf: key)
        }
        guard text.utf8.count <= bytesMax else {
            throw mistake(
                "'\(path(key))' is \(text.utf8.count) bytes long, and the system takes \(bytesMax). Write a shorter path.",
                atValueOf: key)
        }
        return text
    }

    /// A mistake at the value of `key`.
    func mistake(_ message: String, atValueOf key: String) -> EdgeError {
        mistake(message, at: mapping?[key], setting: path(key))
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let child = child(key) else { return nil }
        guard let value = child.int, range.contains(value) else {
            throw mistake(
                "'\(path(key))' must be a whole number from \(range.lowerBound) to \(range.upperBound).", atValueOf: key
            )
        }
        return value
    }

    func flag(_ key: String) throws -> Bool? {
        guard let child = child(key) else { return nil }
        guard let value = child.bool else {
            throw mistake("'\(path(key))' must be true or false.", atValueOf: key)
        }
        return value
    }

    /// The value of `key` turned into something by `parse`, which answers `nil` for what it does not know.
    func value<Value>(_ key: String, known: String, _ parse: (String) -> Value?) throws -> Value? {
        guard let text = try string(key) else { return nil }
        guard let value = parse(text) else {
            throw mistake("'\(path(key))' cannot be '\(text)'. It must be \(known).", atValueOf: key)
        }
        return value
    }

    /// A text that names something, and is not empty.
    func name(_ key: String, _ what: String) throws -> String? {
        guard let text = try string(key) else { return nil }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw mistake("'\(path(key))' is empty. Write \(what), or leave it out.", atValueOf: key)
        }
        return text
    }

    /// Where each setting stands, from this one on.
    var positions: SettingPositions { SettingPositions(node, file: file) }

    func path(_ key: String) -> String {
        place.isEmpty ? key : "\(place).\(key)"
    }
}
