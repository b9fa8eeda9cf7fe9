import Systems

extension FeedSettings {
    /// Reads an entry of `feeds`.
    /// - Parameter company: the store's.
    init(_ section: ConfigurationReader, company: String) throws {
        try section.allowOnly([
            "name", "company", "file", "folder", "command", "url", "token", "format", "separator", "encoding",
            "schedule",
            "allow", "fields", "permissions", "groups",
        ])
        let name = try section.neededText(
            "name", "'\(section.place)' needs a name: 1 to 32 small letters, digits and dashes."
        ) { $0.wholeMatch(of: /[a-z0-9][a-z0-9\-]{0,31}/) != nil }
        if let own = try section.string("company"), own != company {
            throw section.mistake(
                "Feed '\(name)' is of company '\(own)', and this store's is '\(company)' (store.company). One edge serves one "
                    + "company.", atValueOf: "company")
        }
        let format = try Self.format(section)
        let encoding = try section.value("encoding", known: "utf-8 or windows-1252") { TextEncoding(rawValue: $0) }
        let mapping = try Self.mapping(section)
        let schedule = try section.value("schedule", known: FeedSchedule.known) { FeedSchedule($0) }
        // What is asked of the entry as a whole comes last, so that it hides no fault within.
        self.init(
            name: name, place: try Self.place(section), format: format, encoding: encoding ?? .utf8, mapping: mapping,
            schedule: schedule ?? .every(seconds: 60))
    }

    private static func place(_ section: ConfigurationReader) throws -> Place {
        var places: [Place] = []
        if let path = try section.filePath("file") { places.append(.file(path)) }
        if let path = try section.filePath("folder") { places.append(.folder(path)) }
        if let words = try section.strings("command") {
            guard let program = words.first, program.hasPrefix("/") else {
                throw section.mistake(
                    "'\(section.place).command' begins with the whole path of a program: [/usr/local/bin/export, members].",
                    atValueOf: "command")
            }
            places.append(.command(words))
        }
        let token = try section.secretPath("token")
        if let url = try section.url("url") {
            places.append(.http(HTTPPlace(url: url, tokenPath: token)))
        } else if token != nil {
            throw section.mistake("'\(section.place).token' belongs to a url.", atValueOf: "token")
        }
        guard let place = places.first, places.count == 1 else {
            throw section.mistake("'\(section.place)' needs one of file, folder, command and url.")
        }
        return place
    }

    private static func format(_ section: ConfigurationReader) throws -> RowFormat? {
        let separator = try section.value("separator", known: "one character, such as \";\", or tab") {
            text -> UInt8? in
            if text == "tab" || text == "\t" { return 0x09 }
            guard let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80, byte != 0x22, byte >= 0x20 else {
                return nil
            }
            return byte
        }
        let format = try section.value("format", known: "csv or jsonl") { text -> RowFormat? in
            switch text {
            case "csv": .csv(separator: separator)
            case "jsonl": .jsonLines
            default: nil
            }
        }
        guard format == nil, let separator else { return format }
        return .csv(separator: separator)
    }

    // MARK: Fields

    private static func mapping(_ section: ConfigurationReader) throws -> FieldMapping {
        let known = RecordField.allowable.map(\.rawValue)
        let allowed = try section.allowed("allow") ?? []
        guard !allowed.isEmpty || section.isGiven("allow") || section.isPassedOver("allow") else {
            throw section.mistake(
                "'\(section.place)' needs allow: what may be kept of the store's customers, of \(known.joined(separator: ", ")). "
                    + "All else stays where it is.", atValueOf: "allow")
        }
        var columns: [RecordField: [FieldPath]] = [:]
        if let fields = try section.section("fields") {
            let names = RecordField.allCases.map(\.rawValue)
            try fields.allowOnly(names)
            for field in RecordField.allCases {
                guard let texts = try fields.texts(field.rawValue) else { continue }
                columns[field] = texts.map { FieldPath($0) }
            }
        }
        return FieldMapping(
            columns: columns, permissions: try permissions(section), allowed: Set(allowed),
            defaultGroups: try section.strings("groups") ?? [])
    }

    private static func permissions(_ section: ConfigurationReader) throws -> [FieldMapping.PermissionColumns] {
        guard let permissions = try section.section("permissions") else { return [] }
        return try permissions.keys.map { name in
            guard permissions.holdsSettings(name), let columns = try permissions.section(name) else {
                return FieldMapping.PermissionColumns(
                    name: name, granted: FieldPath(try permissions.string(name) ?? ""))
            }
            try columns.allowOnly(["granted", "text", "changed_at"])
            guard let granted = try columns.string("granted") else {
                throw columns.mistake("'\(columns.place)' needs granted: the column that says yes or no.")
            }
            return FieldMapping.PermissionColumns(
                name: name, granted: FieldPath(granted), text: try columns.string("text").map { FieldPath($0) },
                changedAt: try columns.string("changed_at").map { FieldPath($0) })
        }
    }
}
