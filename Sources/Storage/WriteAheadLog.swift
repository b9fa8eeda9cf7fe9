import Glibc

/// What a write-ahead log holds of a database: of each page the newest copy that was committed
/// (https://www.sqlite.org/fileformat.html, section 4).
///
/// SQLite reads a log up to the first frame that does not hold: after a power cut that is the end of what was on the disk. A
/// disk that turned a bit of an older frame over has the same look, and everything behind it, which was acknowledged, would be
/// gone without a word. Each frame's sum rests on the one before, whose own is written down: so a damaged frame is one alone, and
/// what stands behind it is read here as well.
package struct WriteAheadLog {
    private static let headerBytes = 32
    private static let frameHeaderBytes = 24
    /// Frames one after another that are of no present commit: then only older ones follow, which are written over.
    private static let strangersMax = 3

    /// Where in the log each page stands, by its number.
    package private(set) var places: [UInt32: Int] = [:]
    private var hasDamage = false
    /// Commits that end at a damaged frame or behind.
    private var commitsBehind = 0

    /// - Parameter file: open for reading; -1 for none.
    package init(file: Int32, pageBytes: Int) {
        guard let header = RawFile.read(file, at: 0, count: Self.headerBytes) else { return }
        guard let begin = Self.begin(header, file: file, pageBytes: pageBytes) else { return }
        // As computed over the frames that hold, and as the last frame says.
        var computed = begin.sum
        var written: Checksum?
        var uncommitted: [UInt32: Int] = [:]
        /// Whether each of the last frames, which are of no present commit, ends one.
        var strangers: [Bool] = []
        var place = Self.headerBytes
        while strangers.count < Self.strangersMax,
            let frame = RawFile.read(file, at: place, count: Self.frameHeaderBytes + pageBytes)
        {
            defer { place += frame.count }
            let sums = [computed, written].compactMap { $0?.over(frame, from: Self.frameHeaderBytes) }
            computed = sums.first { $0.isEqual(frame, at: 16) } ?? sums.first
            written = Checksum(frame, at: 16, isBigEndian: begin.isBigEndian)
            let isCommit = RawFile.integer(frame, at: 4) != 0
            let isWhole = sums.contains { $0.isEqual(frame, at: 16) }
            guard frame[8..<16].elementsEqual(begin.salts) else {
                // The sum does not cover the salts: one that holds is of a present frame. Any other is an older frame, which a
                // power cut amid the last commit left where its own was to be.
                strangers.append(isCommit && isWhole)
                continue
            }
            // Among present ones a stranger is one whose salts are damaged.
            hasDamage = hasDamage || !strangers.isEmpty
            commitsBehind += strangers.filter { $0 }.count
            strangers = []
            if isWhole {
                uncommitted[RawFile.integer(frame, at: 0)] = place + Self.frameHeaderBytes
            } else {
                hasDamage = true
            }
            guard isCommit else { continue }
            places.merge(uncommitted) { $1 }
            if hasDamage { commitsBehind += 1 }
            uncommitted = [:]
        }
        if begin.sum == nil { commitsBehind += 1 }
    }

    /// Whether commits were acknowledged that SQLite would not find: a power cut leaves no more than one behind the first frame
    /// that does not hold, where each is on the disk before the next. Where the database's own file has them already it is no
    /// better: SQLite takes older pages out of the front of the log then, beside newer ones.
    package var isCut: Bool { commitsBehind > 1 }

    // MARK: The head

    private struct Begin {
        let salts: ArraySlice<UInt8>
        let isBigEndian: Bool
        /// `nil` where the head is damaged.
        let sum: Checksum?
    }

    /// - Returns: `nil` for a log that holds nothing.
    private static func begin(_ header: [UInt8], file: Int32, pageBytes: Int) -> Begin? {
        let magic = RawFile.integer(header, at: 0)
        if magic & ~1 == 0x377F_0682, RawFile.integer(header, at: 8) == UInt32(pageBytes) {
            var sum = Checksum(isBigEndian: magic & 1 == 1)
            sum.add(header[0..<24])
            if sum.isEqual(header, at: 24) {
                return Begin(salts: header[16..<24], isBigEndian: magic & 1 == 1, sum: sum)
            }
        }
        // Without its head a log is known by what two frames in it have in common.
        let frameBytes = frameHeaderBytes + pageBytes
        let heads = (0..<strangersMax).map {
            RawFile.read(file, at: headerBytes + $0 * frameBytes, count: frameHeaderBytes)
        }
        for (one, other) in zip(heads, heads.dropFirst()) {
            guard let one, let other, one[8..<16].elementsEqual(other[8..<16]), one[8..<16].contains(where: { $0 != 0 })
            else { continue }
            return Begin(salts: one[8..<16], isBigEndian: false, sum: nil)
        }
        return nil
    }

    /// Section 4.2.
    private struct Checksum {
        let isBigEndian: Bool
        private var one: UInt32 = 0
        private var other: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        /// One that is written down.
        init(_ bytes: [UInt8], at place: Int, isBigEndian: Bool) {
            self.isBigEndian = isBigEndian
            (one, other) = (RawFile.integer(bytes, at: place), RawFile.integer(bytes, at: place + 4))
        }

        /// The sum with a frame's: over the beginning of its head, and its page.
        func over(_ frame: [UInt8], from page: Int) -> Checksum {
            var sum = self
            sum.add(frame[0..<8])
            sum.add(frame[page...])
            return sum
        }

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
