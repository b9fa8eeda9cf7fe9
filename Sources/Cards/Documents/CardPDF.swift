import CHaru
import Foundation
import QR

/// Draws a card to print: a page of A6 (ISO 216) with the code 52 mm wide.
package struct CardPDF {
    /// Points, of which an inch has 72.
    private enum Measure {
        static let pageWidth: Float = 297.64
        static let pageHeight: Float = 419.53
        static let codeWidth: Float = 147.4
        static let margin: Float = 24
        static let quietModules: Float = 4
    }

    /// The font for texts that Helvetica has no letters for.
    package static let unicodeFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

    private let document: HPDF_Doc
    private let page: HPDF_Page
    private var unicode: HPDF_Font?

    /// - Throws: ``CardsError`` `documentFailed`.
    package static func draw(_ face: CardFace) throws(CardsError) -> [UInt8] {
        // Without a handler the library keeps its first error, which is looked at in the end.
        guard let document = HPDF_New(nil, nil) else { throw failed(nil) }
        defer { HPDF_Free(document) }
        HPDF_SetCompressionMode(document, HPDF_UINT(HPDF_COMP_ALL))
        guard let page = HPDF_AddPage(document) else { throw failed(document) }
        var pdf = CardPDF(document: document, page: page)
        try pdf.draw(face)
        return try pdf.bytes()
    }

    private init(document: HPDF_Doc, page: HPDF_Page) {
        self.document = document
        self.page = page
        HPDF_Page_SetWidth(page, Measure.pageWidth)
        HPDF_Page_SetHeight(page, Measure.pageHeight)
    }

    private mutating func draw(_ face: CardFace) throws(CardsError) {
        let words = face.language
        HPDF_SetInfoAttr(document, HPDF_INFO_CREATOR, "Countertop")
        drawFrame()
        write(face.store, size: 20, baseline: 366)
        write(words.title, size: 12, baseline: 344)
        try drawCode(face.code.text, bottom: 170)
        write(face.spelledCode, size: 8, baseline: 142)
        write(words.hint, size: 12, baseline: 108)
    }

    private func drawFrame() {
        HPDF_Page_SetLineWidth(page, 1)
        HPDF_Page_SetRGBStroke(page, 0.6, 0.6, 0.6)
        HPDF_Page_Rectangle(
            page, Measure.margin / 2, Measure.margin / 2, Measure.pageWidth - Measure.margin,
            Measure.pageHeight - Measure.margin)
        HPDF_Page_Stroke(page)
        HPDF_Page_SetRGBFill(page, 0, 0, 0)
    }

    private func drawCode(_ text: String, bottom: Float) throws(CardsError) {
        guard let code = QRCode(text) else {
            throw CardsError(.documentFailed, "The card's QR code cannot be drawn. There is too little memory.")
        }
        let module = Measure.codeWidth / (Float(code.rows.count) + 2 * Measure.quietModules)
        let left = (Measure.pageWidth - Measure.codeWidth) / 2 + Measure.quietModules * module
        let top = bottom + Measure.codeWidth - Measure.quietModules * module
        for (row, modules) in code.rows.enumerated() {
            for (column, isDark) in modules.enumerated() where isDark {
                // Neighbours overlap a little, or a printer leaves white hairs between them.
                HPDF_Page_Rectangle(
                    page, left + Float(column) * module, top - Float(row + 1) * module, module + 0.05, module + 0.05)
            }
        }
        HPDF_Page_Fill(page)
    }

    /// Writes a line in the middle of the page, smaller where it would not fit.
    private mutating func write(_ text: String, size: Float, baseline: Float) {
        let (font, bytes) = font(for: text)
        guard let font else { return }
        var size = size
        bytes.withUnsafeBufferPointer { characters in
            characters.withMemoryRebound(to: CChar.self) { words in
                HPDF_Page_SetFontAndSize(page, font, size)
                let width = HPDF_Page_TextWidth(page, words.baseAddress)
                let room = Measure.pageWidth - 2 * Measure.margin
                if width > room {
                    size *= room / width
                    HPDF_Page_SetFontAndSize(page, font, size)
                }
                HPDF_Page_BeginText(page)
                let left = (Measure.pageWidth - min(width, room)) / 2
                HPDF_Page_TextOut(page, left, baseline, words.baseAddress)
                HPDF_Page_EndText(page)
            }
        }
    }

    /// A font that has the text's letters, and the text in its encoding, ended by a zero.
    private mutating func font(for text: String) -> (HPDF_Font?, [UInt8]) {
        if let bytes = text.data(using: .windowsCP1252) {
            return (HPDF_GetFont(document, "Helvetica", "WinAnsiEncoding"), Array(bytes) + [0])
        }
        if unicode == nil, FileManager.default.isReadableFile(atPath: Self.unicodeFont) {
            HPDF_UseUTFEncodings(document)
            if let name = HPDF_LoadTTFontFromFile(document, Self.unicodeFont, HPDF_BOOL(HPDF_TRUE)) {
                unicode = HPDF_GetFont(document, name, "UTF-8")
            }
        }
        if let unicode { return (unicode, Array(text.utf8) + [0]) }
        let latin = text.applyingTransform(.toLatin, reverse: false)?
            .applyingTransform(.stripDiacritics, reverse: false)
        let bytes = (latin ?? text).data(using: .windowsCP1252, allowLossyConversion: true)
        return (HPDF_GetFont(document, "Helvetica", "WinAnsiEncoding"), Array(bytes ?? Data()) + [0])
    }

    private func bytes() throws(CardsError) -> [UInt8] {
        guard HPDF_GetError(document) == HPDF_STATUS(HPDF_OK), HPDF_SaveToStream(document) == HPDF_STATUS(HPDF_OK)
        else {
            throw Self.failed(document)
        }
        var size = HPDF_GetStreamSize(document)
        HPDF_ResetStream(document)
        var bytes = [UInt8](repeating: 0, count: Int(size))
        HPDF_ReadFromStream(document, &bytes, &size)
        guard Int(size) == bytes.count, !bytes.isEmpty else { throw Self.failed(document) }
        return bytes
    }

    private static func failed(_ document: HPDF_Doc?) -> CardsError {
        CardsError(
            .documentFailed, "The card cannot be drawn as a PDF. Nothing else of the card is affected.",
            cause: document.map { "libharu 0x\(String(HPDF_GetError($0), radix: 16))" })
    }
}
