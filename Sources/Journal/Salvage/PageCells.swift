import Storage

/// The rows that stand on one page of a B-tree (https://www.sqlite.org/fileformat.html, section 1.6). Tables without row ids
/// have some of their rows on the inner pages too.
struct PageCells {
    /// A row as it stands in the file.
    struct Cell {
        /// `nil` in a table without row ids.
        let rowID: Int64?
        let payload: [UInt8]
    }

    private enum Kind: UInt8 {
        case innerIndex = 0x02
        case leafIndex = 0x0A
        case leafTable = 0x0D
    }

    private let page: [UInt8]
    private let kind: Kind
    /// Where the page's head begins: the first page has the file's before it.
    private let head: Int
    private let file: PageFile

    /// - Returns: `nil` for a page that holds no rows.
    init?(_ number: UInt32, of file: PageFile) {
        head = number == 1 ? 100 : 0
        guard let page = file.page(number), let kind = Kind(rawValue: page[head]) else { return nil }
        self.page = page
        self.kind = kind
        self.file = file
    }

    /// The rows, but for those that cannot be read.
    var cells: [Cell] {
        let count = integer(at: head + 3)
        let pointers = head + (kind == .innerIndex ? 12 : 8)
        guard pointers + count * 2 <= page.count else { return [] }
        return (0..<count).compactMap { cell(at: integer(at: pointers + $0 * 2)) }
    }

    private func integer(at place: Int) -> Int { Int(page[place]) << 8 | Int(page[place + 1]) }

    private func cell(at place: Int) -> Cell? {
        var reader = VarintReader(page, at: kind == .innerIndex ? place + 4 : place)
        guard let size = reader.next(), size > 0, size <= Int64(JournalLimits.salvageRowBytesMax) else { return nil }
        var rowID: Int64?
        if kind == .leafTable {
            guard let number = reader.next() else { return nil }
            rowID = number
        }
        let local = localBytes(of: Int(size))
        guard reader.place + local <= page.count else { return nil }
        var payload = Array(page[reader.place..<reader.place + local])
        if local < size {
            guard reader.place + local + 4 <= page.count,
                let rest = overflow(from: RawFile.integer(page, at: reader.place + local), count: Int(size) - local)
            else { return nil }
            payload += rest
        }
        return Cell(rowID: rowID, payload: payload)
    }

    /// How much of a row stands on the page itself.
    private func localBytes(of size: Int) -> Int {
        let usable = page.count
        let most = kind == .leafTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
        guard size > most else { return size }
        let least = (usable - 12) * 32 / 255 - 23
        let fitting = least + (size - least) % (usable - 4)
        return fitting <= most ? fitting : least
    }

    /// What of a row stands on pages of its own (section 1.7).
    private func overflow(from first: UInt32, count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var next = first
        while bytes.count < count {
            guard let page = file.page(next) else { return nil }
            bytes += page[4...].prefix(count - bytes.count)
            next = RawFile.integer(page, at: 0)
        }
        return bytes
    }
}

/// Reads numbers of one to nine bytes one after the other (section 1.6).
struct VarintReader {
    private let bytes: [UInt8]
    /// Where the next one begins.
    private(set) var place: Int

    init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        self.place = place
    }

    /// - Returns: `nil` when the bytes end before the number does.
    mutating func next() -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte & 0x80 == 0 { break }
        }
        return Int64(bitPattern: value)
    }
}
