import Glibc

/// Bytes of a file, without SQLite.
package enum RawFile {
    /// - Returns: `nil` when there are not so many, or the disk does not give them.
    package static func read(_ file: Int32, at place: Int, count: Int) -> [UInt8]? {
        guard file >= 0 else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let start = buffer.baseAddress {
                let got = pread(file, start + filled, count - filled, off_t(place + filled))
                guard got > 0 else { break }
                filled += got
            }
        }
        return bytes.count == count ? bytes : nil
    }

    /// The four bytes at a place, the highest first.
    package static func integer(_ bytes: [UInt8], at place: Int) -> UInt32 {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
