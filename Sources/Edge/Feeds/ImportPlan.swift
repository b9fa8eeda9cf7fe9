import Customers
import Systems
import Wire

/// What a request for an import comes to.
struct ImportPlan: Sendable {
    /// The feed that the customers belong to.
    let feed: String
    let file: FileSource.Settings

    /// - Parameter feeds: those of the configuration.
    /// - Throws: ``Wire/Status`` ARGUMENT_INVALID, FEED_UNKNOWN and IMPORT_REFUSED.
    init(_ request: ImportRequest, feeds: [FeedSettings], region: PhoneRegion) throws(Status) {
        guard request.path.hasPrefix("/"), request.path.utf8.count <= 4_095 else {
            throw Status(.argumentInvalid, "The file has to be named by its whole path, which begins with /.")
        }
        let feed = feeds.first { $0.name == request.feed }
        switch feed?.place {
        case nil, .file: break
        case .folder, .command, .http:
            throw Status(
                .importRefused,
                "Feed \(request.feed) is no feed of a file, and reads its own source. Leave it out (--feed), and the customers belong to the "
                    + "source \(Self.standardFeed).")
        }
        guard feed != nil || request.feed.isEmpty || request.feed == Self.standardFeed else {
            let unknown = Self.feedUnknown(feeds)
            throw Status(
                .feedUnknown,
                "\(unknown.message) Without a feed (--feed) the customers belong to the source \(Self.standardFeed).")
        }
        let encoding = TextEncoding(rawValue: request.encoding)
        guard request.encoding.isEmpty || encoding != nil else {
            throw Status(.argumentInvalid, "The encoding is none that is known: utf-8 or windows-1252.")
        }
        self.feed = feed?.name ?? Self.standardFeed
        file = FileSource.Settings(
            place: .file(request.path), format: try Self.format(request) ?? feed?.format,
            encoding: encoding ?? feed?.encoding ?? .utf8,
            mapping: try Self.mapping(request, feed), region: region)
    }

    /// Whose customers are who come from a file that belongs to no feed.
    static let standardFeed = "import"

    /// Names the feeds there are.
    static func feedUnknown(_ feeds: [FeedSettings]) -> Status {
        let names = feeds.map(\.name).joined(separator: ", ")
        return Status(
            .feedUnknown,
            "The configuration names no feed of that name. "
                + (names.isEmpty ? "It has none: add it under feeds." : "It has \(names)."))
    }
    private static func format(_ request: ImportRequest) throws(Status) -> RowFormat? {
        let separator = request.separator == 0 ? nil : UInt8(exactly: request.separator)
        switch request.format {
        case "csv": return .csv(separator: separator)
        case "jsonl": return .jsonLines
        case "":
            guard let separator, RowFormat(fileName: request.path) != .jsonLines else { return nil }
            return .csv(separator: separator)
        default: throw Status(.argumentInvalid, "The format is none that is known: csv or jsonl.")
        }
    }

    private static func mapping(_ request: ImportRequest, _ feed: FeedSettings?) throws(Status) -> FieldMapping {
        guard !request.columns.isEmpty else { return feed?.mapping ?? .standard }
        guard feed == nil else {
            throw Status(.argumentInvalid, "Feed \(request.feed) has its fields in the configuration. Leave them out.")
        }
        var columns: [RecordField: [FieldPath]] = [:]
        for entry in request.columns {
            guard let field = RecordField(rawValue: entry.field) else {
                let known = RecordField.allCases.map(\.rawValue).joined(separator: ", ")
                throw Status(.argumentInvalid, "A field is none that is known: \(known).")
            }
            columns[field, default: []] += entry.columns.map { FieldPath($0) }
        }
        return FieldMapping(columns: columns)
    }
}
