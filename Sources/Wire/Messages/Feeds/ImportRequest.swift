import CCountertopProtos

/// Has the edge take a file into its local copy.
public struct ImportRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__import_request__init)

    /// The file's whole path on the edge's machine. The edge's user has to be allowed to read it.
    public var path: String = ""
    /// The feed that the customers belong to; empty is "import". Of a feed that the configuration names, which is of
    /// files, its own fields and its allow-list hold.
    public var feed: String = ""
    /// "csv" or "jsonl"; empty for what the file's name says.
    public var format: String = ""
    /// The byte between the values of CSV; 0 for the one that the first line shows.
    public var separator: UInt32 = 0
    /// "utf-8" or "windows-1252"; empty is utf-8.
    public var encoding: String = ""
    /// Each field that is not named here is looked for in the column of its own name.
    public var columns: [FieldColumns] = []
    /// Begin at the top, although an import of this file was broken off.
    public var anew: Bool = false

    public init() {}

    public init(
        path: String = "", feed: String = "", format: String = "", separator: UInt32 = 0, encoding: String = "",
        columns: [FieldColumns] = [], anew: Bool = false
    ) {
        self.path = path
        self.feed = feed
        self.format = format
        self.separator = separator
        self.encoding = encoding
        self.columns = columns
        self.anew = anew
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "path", &path)
        fields.field(2, "feed", &feed)
        fields.field(3, "format", &format)
        fields.field(4, "separator", &separator)
        fields.field(5, "encoding", &encoding)
        fields.field(6, "columns", &columns)
        fields.field(7, "anew", &anew)
    }
}
