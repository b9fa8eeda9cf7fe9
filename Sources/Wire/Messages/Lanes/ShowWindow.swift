import CCountertopProtos

/// A part of a display with text of its own, in front of the lines.
public struct ShowWindow: WireMessage {
    public static let schema = WireSchema(countertop__v1__show_window__init)

    /// The row of its upper left cell, from 1.
    public var row: UInt32 = 0
    /// The column of its upper left cell, from 1.
    public var column: UInt32 = 0
    /// Its height in rows. What lies outside the display is not seen.
    public var rows: UInt32 = 0
    /// Its width in cells.
    public var columns: UInt32 = 0
    /// One string a line, from its top.
    public var lines: [String] = []
    /// As ``ShowEffects/marqueeMs``, for its lines.
    public var marqueeMs: UInt32 = 0

    public init() {}

    public init(
        row: UInt32 = 0, column: UInt32 = 0, rows: UInt32 = 0, columns: UInt32 = 0, lines: [String] = [],
        marqueeMs: UInt32 = 0
    ) {
        self.row = row
        self.column = column
        self.rows = rows
        self.columns = columns
        self.lines = lines
        self.marqueeMs = marqueeMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "row", &row)
        fields.field(2, "column", &column)
        fields.field(3, "rows", &rows)
        fields.field(4, "columns", &columns)
        fields.field(5, "lines", &lines)
        fields.field(6, "marquee_ms", &marqueeMs)
    }
}
