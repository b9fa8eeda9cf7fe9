import CCountertopProtos

/// Where a field stands in a file.
public struct FieldColumns: WireMessage {
    public static let schema = WireSchema(countertop__v1__field_columns__init)

    /// "key", "name", "phone" and so on.
    public var field: String = ""
    /// Names of columns.
    public var columns: [String] = []

    public init() {}

    public init(
        field: String = "", columns: [String] = []
    ) {
        self.field = field
        self.columns = columns
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "field", &field)
        fields.field(2, "columns", &columns)
    }
}
