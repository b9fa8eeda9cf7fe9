import Customers

/// The identifiers of a customer in Commerce Cloud. Of its three built-in types (manual.solteqpos.com, "Customer identifiers")
/// SsnHash is a digest of a social security number, which is read past: it is never kept.
struct SolteqIdentifiers: Sendable {
    private let list: FieldPath
    private let type: FieldPath
    private let value: FieldPath

    init(_ settings: SystemSettings) {
        list = FieldPath(settings.text("fields.identifiers"))
        type = FieldPath(settings.text("fields.identifier_type"))
        value = FieldPath(settings.text("fields.identifier_value"))
    }

    func add(
        _ document: JSONNode, allowed mapping: FieldMapping, _ region: PhoneRegion, to record: inout CustomerRecord
    ) {
        guard case .list(let nodes)? = document[list]?.value else { return }
        for node in nodes {
            guard let word = node[type]?.plainText, let text = node[value]?.plainText, !text.isEmpty else { continue }
            let identifier: Identifier
            switch word {
            case "CustomerCard" where mapping.allows(.customerCard):
                identifier = Identifier(type: .customerCard, value: text)
            case "ExternalID" where mapping.allows(.externalID):
                identifier = Identifier(type: .externalID, value: text)
            default: continue
            }
            guard identifier.isUnderstood(in: region), !record.identifiers.contains(identifier) else { continue }
            record.identifiers.append(identifier)
        }
    }
}

extension JSONNode {
    /// The value at a path of names: the whole as one name, or each part within the one before.
    subscript(_ path: FieldPath) -> JSONNode? {
        if let node = self[path.text] { return node }
        guard path.parts.count > 1 else { return nil }
        return path.parts.reduce(Optional(self)) { $0?[$1] }
    }
}
