import CCountertopProtos

/// How a display shows its text.
public struct ShowEffects: WireMessage {
    public static let schema = WireSchema(countertop__v1__show_effects__init)

    /// The text is seen for this long, and then as long not, in milliseconds: 250 to 12,700; 0 for a steady text.
    public var blinkMs: UInt32 = 0
    /// A line that is too long runs through its row, a cell each such time, in milliseconds: 200 to 10,000; 0 cuts it.
    public var marqueeMs: UInt32 = 0
    /// 1 to 4, 4 for the brightest; 0 leaves it.
    public var brightness: UInt32 = 0
    /// The row of the cell with a cursor, from 1; 0 for no cursor.
    public var cursorRow: UInt32 = 0
    /// Its column, from 1; 0 for no cursor.
    public var cursorColumn: UInt32 = 0

    public init() {}

    public init(
        blinkMs: UInt32 = 0, marqueeMs: UInt32 = 0, brightness: UInt32 = 0, cursorRow: UInt32 = 0,
        cursorColumn: UInt32 = 0
    ) {
        self.blinkMs = blinkMs
        self.marqueeMs = marqueeMs
        self.brightness = brightness
        self.cursorRow = cursorRow
        self.cursorColumn = cursorColumn
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "blink_ms", &blinkMs)
        fields.field(2, "marquee_ms", &marqueeMs)
        fields.field(3, "brightness", &brightness)
        fields.field(4, "cursor_row", &cursorRow)
        fields.field(5, "cursor_column", &cursorColumn)
    }
}
