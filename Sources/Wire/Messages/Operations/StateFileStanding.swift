import CCountertopProtos

/// How a file of the state stands.
public struct StateFileStanding: WireMessage {
    public static let schema = WireSchema(countertop__v1__state_file_standing__init)

    /// "journal.db"
    public var name: String = ""
    /// Its size.
    public var bytes: UInt64 = 0
    /// Of its write-ahead log.
    public var walBytes: UInt64 = 0
    /// SQLite's user_version.
    public var schema: UInt32 = 0

    public init() {}

    public init(name: String = "", bytes: UInt64 = 0, walBytes: UInt64 = 0, schema: UInt32 = 0) {
        self.name = name
        self.bytes = bytes
        self.walBytes = walBytes
        self.schema = schema
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "bytes", &bytes)
        fields.field(3, "wal_bytes", &walBytes)
        fields.field(4, "schema", &schema)
    }
}
