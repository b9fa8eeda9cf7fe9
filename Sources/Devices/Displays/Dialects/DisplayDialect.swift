/// How a display on a serial line is talked to.
package struct DisplayDialect: Sendable, Equatable {
    /// "epson".
    package let name: String
    /// How its line is set when nobody says otherwise.
    package var line = SerialLineSettings()
    /// Sent once, when the display was plugged in or reset. It turns the cursor off, where there is a command for it.
    package var initialise: ByteTemplate
    /// Empties the screen; `nil` when there is no such command.
    package var clear: ByteTemplate?
    /// Writes a whole row, with the places of ``ByteTemplate``; the first for the first row, the last for all the others.
    package var rows: [ByteTemplate]
    /// Sets the brightness.
    package var brightness: ByteTemplate?
    /// What follows the levels of ``brightness`` when they are no numbers from 1 to 4.
    package var brightnessLevels: [UInt8] = [1, 2, 3, 4]
    /// Makes the text blink, with ``ByteTemplate/Place/ticks``; `nil` when there is no such command.
    package var blink: ByteTemplate?
    /// Shows and hides the cursor, and places it; `nil` unless there are commands for all three.
    package var cursor: Cursor?
    /// The code pages it has, with the command that chooses each. It shows nothing but ASCII when there are none.
    package var pages: [(page: CodePage, command: ByteTemplate)]

    /// - Throws: ``DevicesError`` `.notATemplate` when a row's command has no place for the text.
    package init(
        name: String, initialise: ByteTemplate, clear: ByteTemplate?, rows: [ByteTemplate], brightness: ByteTemplate?,
        pages: [(page: CodePage, command: ByteTemplate)]
    ) throws(DevicesError) {
        guard !rows.isEmpty, rows.allSatisfy({ $0.has(.text) }) else {
            throw DevicesError(.notATemplate, "The command that writes a row has no {text} in it.")
        }
        guard rows.count > 1 || rows[0].has(.row) || rows[0].has(.rowDigits) || rows[0].has(.cell) else {
            throw DevicesError(
                .notATemplate, "The command that writes a row says not which: give it {row}, {row_digits} or {cell}.")
        }
        self.name = name
        self.initialise = initialise
        self.clear = clear
        self.rows = rows
        self.brightness = brightness
        self.pages = pages
    }

    /// The commands of a cursor.
    package struct Cursor: Sendable, Equatable {
        package var show: ByteTemplate
        package var hide: ByteTemplate
        /// Places it, with the row and the column, or the cell.
        package var place: ByteTemplate

        /// - Throws: ``DevicesError`` `.notATemplate` when the place is not said.
        package init(show: ByteTemplate, hide: ByteTemplate, place: ByteTemplate) throws(DevicesError) {
            let hasRow = place.has(.row) || place.has(.rowDigits)
            guard place.has(.cell) || hasRow && (place.has(.column) || place.has(.columnDigits)) else {
                throw DevicesError(
                    .notATemplate,
                    "The command that places the cursor says not where: give it {row} and {column}, their digits, or {cell}."
                )
            }
            self.show = show
            self.hide = hide
            self.place = place
        }
    }

    /// Whether each row of a display has a command of its own, or one that says which row it is.
    package func canPlace(rowsOf size: DisplaySize) -> Bool {
        guard let last = rows.last else { return false }
        // A cell is told by one byte.
        if last.has(.cell) { return size.rows * size.columns <= 256 }
        return last.has(.row) || last.has(.rowDigits) || size.rows <= rows.count
    }

    package static func == (one: DisplayDialect, other: DisplayDialect) -> Bool {
        one.name == other.name && one.initialise == other.initialise && one.clear == other.clear
            && one.rows == other.rows && one.brightness == other.brightness
            && one.brightnessLevels == other.brightnessLevels && one.blink == other.blink && one.cursor == other.cursor
            && one.pages.elementsEqual(other.pages) { $0.page == $1.page && $0.command == $1.command }
    }
}
