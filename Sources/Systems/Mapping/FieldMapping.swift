/// Which of a row's values are taken, and as what. Whatever it does not name, or does not allow, is left in the source.
package struct FieldMapping: Sendable, Equatable {
    /// A permission in columns of its own.
    package struct PermissionColumns: Sendable, Equatable {
        /// `email`, `sms`, `post`, `push`, `profiling`, or the source's own name.
        package var name: String
        package var granted: FieldPath
        /// The text that was agreed to.
        package var text: FieldPath?
        package var changedAt: FieldPath?

        package init(name: String, granted: FieldPath, text: FieldPath? = nil, changedAt: FieldPath? = nil) {
            self.name = name
            self.granted = granted
            self.text = text
            self.changedAt = changedAt
        }
    }

    /// Where each field stands. A name may stand in several columns, which are joined; of identifiers and groups each
    /// column may hold further ones; of any other field the first column that holds something counts.
    package var columns: [RecordField: [FieldPath]]
    /// Permissions in columns; those of a list in ``RecordField/permissions`` come beside them.
    package var permissions: [PermissionColumns]
    /// What may be kept. Nothing else touches the disk.
    package private(set) var allowed: Set<RecordField>
    /// Groups that every customer of the feed is in.
    package var defaultGroups: [String]

    package init(
        columns: [RecordField: [FieldPath]] = [:], permissions: [PermissionColumns] = [],
        allowed: Set<RecordField> = Set(RecordField.allCases), defaultGroups: [String] = []
    ) {
        self.columns = columns
        self.permissions = permissions
        self.allowed = allowed.union(RecordField.needed)
        self.defaultGroups = defaultGroups
    }

    /// Each field in the column of its own name.
    package static let standard = FieldMapping()

    /// Whether a field may be kept.
    func allows(_ field: RecordField) -> Bool { allowed.contains(field) }

    /// Where an allowed field stands; nothing for one that is not allowed.
    func paths(_ field: RecordField) -> [FieldPath] {
        guard allowed.contains(field) else { return [] }
        return columns[field] ?? [FieldPath(field.rawValue)]
    }

    /// Checks the names of a file's first line.
    /// - Returns: the fields that will be taken, in their usual order.
    /// - Throws: ``SystemsError`` `broken` when no column holds the key, or a column that the settings name is not there.
    package func fields(in header: [String]) throws(SystemsError) -> [RecordField] {
        let names = Set(header)
        let wanted =
            columns.filter { allowed.contains($0.key) }.flatMap(\.value)
            + (allowed.contains(.permissions) ? permissions.flatMap { [$0.granted, $0.text, $0.changedAt] } : [])
            .compactMap(\.self)
        let missing = wanted.map(\.text).filter { !names.contains($0) }
        guard missing.isEmpty else {
            throw SystemsError(
                .broken,
                "The first line names no column \(Self.list(missing)). It has \(Self.list(header)). Correct the feed's "
                    + "fields, its separator or the file.")
        }
        let found = RecordField.allCases.filter { field in paths(field).contains { names.contains($0.text) } }
        guard found.contains(.key) else {
            throw SystemsError(
                .broken,
                "No column holds the customer's key. The first line names \(Self.list(header)). Say which column it is: "
                    + "fields: {key: COLUMN}, or --map key=COLUMN.")
        }
        return found
    }

    /// Names of columns for a message. A file without a first line has a customer there, so that none is shown as soon as one
    /// of them is no name of a column.
    private static func list(_ names: [String]) -> String {
        guard names.allSatisfy(isName) else { return "\(names.count) columns, which look like data and not like names" }
        let shown = names.prefix(20).map { "\"\($0)\"" }
        return shown.joined(separator: ", ") + (names.count > shown.count ? " and others" : "")
    }

    /// Whether a text is a column's name rather than somebody's data: no digits, no @, and short.
    private static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && !text.contains { $0.isNumber || $0 == "@" || $0.isNewline }
    }
}
