import Foundation

/// One row of a display, in characters that it has.
package struct DisplayRow: Sendable, Equatable {
    /// As long as the display is wide.
    package let text: String
    /// The same as bytes of ``page``.
    package let bytes: [UInt8]
    package let page: CodePage

    /// Chooses the code page that has most of the text's characters, of two the first, and simplifies what it has not.
    ///
    /// - Parameters:
    ///   - line: cut when it is too long, filled up with spaces when it is too short.
    ///   - pages: those the display has; ASCII alone when empty.
    package init(_ line: String, columns: Int, pages: [CodePage]) {
        let page = Self.page(for: Self.start(of: line), of: pages)
        let shown = Self.simplified(line, in: page).prefix(columns)
        self.init(cells: shown + Array(repeating: " ", count: columns - shown.count), page: page)
    }

    /// - Parameter cells: a character each, all of which the page has.
    init(cells: some Sequence<Character>, page: CodePage) {
        text = String(cells)
        bytes = text.map { page.byte(of: $0) ?? UInt8(ascii: "?") }
        self.page = page
    }

    /// A line in the characters of a page, however long it gets.
    static func simplified(_ line: String, in page: CodePage) -> [Character] {
        Array(DisplayTransliteration.simplified(start(of: line)) { page.byte(of: $0) != nil })
    }

    /// The page for texts that stand in one row.
    static func page(for texts: [String], of pages: [CodePage]) -> CodePage {
        page(for: texts.map(start).joined(separator: " "), of: pages)
    }

    private static func start(of line: String) -> String {
        String(String.UnicodeScalarView(line.unicodeScalars.prefix(DisplayLimits.lineScalarsMax)))
            .precomposedStringWithCanonicalMapping
    }

    private static func page(for text: String, of pages: [CodePage]) -> CodePage {
        guard let first = pages.first else { return .ascii }
        var best = (page: first, lost: Int.max)
        for page in pages {
            let lost = text.count { page.byte(of: $0) == nil }
            if lost < best.lost { best = (page, lost) }
            if lost == 0 { break }
        }
        return best.page
    }
}
