import Glibc

/// What a write-ahead log holds of a database: of each page the newest copy that was committed
/// (https://www.sqlite.org/fileformat.html, section 4).
struct WriteAheadLog {
    private static let headerBytes = 32
    private static let frameHeaderBytes = 24

    /// Where in the log each page stands, by its number.
    private(set) var places: [UInt32: Int] = [:]

    /// Reads a log up to where it ends or does not hold any more, as SQLite does.
    /// - Parameter file: open for reading; -1 for none.
    init(file: Int32, pageBytes: Int) {
        guard let header = RawFile.read(file, at: 0, count: Self.headerBytes) else { return }
        let magic = RawFile.integer(header, at: 0)
        guard magic & ~1 == 0x377F_0682, RawFile.integer(header, at: 8) == UInt32(pageBytes) else { return }
        var sum = Checksum(isBigEndian: magic & 1 == 1)
        sum.add(header[0..<24])
        guard sum.isEqual(header, at: 24) else { return }
        var uncommitted: [UInt32: Int] = [:]
        var place = Self.headerBytes
        while let frame = RawFile.read(file, at: place, count: Self.frameHeaderBytes + pageBytes) {
            guard frame[8..<16].elementsEqual(header[16..<24]) else { return }
            sum.add(frame[0..<8])
            sum.add(frame[Self.frameHeaderBytes...])
            guard sum.isEqual(frame, at: 16) else { return }
            uncommitted[RawFile.integer(frame, at: 0)] = place + Self.frameHeaderBytes
            if RawFile.integer(frame, at: 4) != 0 {
                places.merge(uncommitted) { $1 }
                uncommitted = [:]
            }
            place += frame.count
        }
    }

    /// Section 4.2.
    private struct Checksum {
        let isBigEndian: Bool
        private var one: UInt32 = 0
        private var other: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        /// - Parameter bytes: a multiple of 8.
        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { bytes in
                for place in stride(from: 0, to: bytes.count - 7, by: 8) {
                    one = one &+ word(bytes, place) &+ other
                    other = other &+ word(bytes, place + 4) &+ one
                }
            }
        }

        private func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
            let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
        }

        func isEqual(_ bytes: [UInt8], at place: Int) -> Bool {
            RawFile.integer(bytes, at: place) == one && RawFile.integer(bytes, at: place + 4) == other
        }
    }
}
