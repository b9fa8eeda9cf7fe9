/// Finds the frames in the bytes of a connection, in whatever pieces they come.
///
/// It keeps at most one unfinished frame, and refuses one that is too long by its length, before it keeps any of it.
package struct FrameReader: Sendable {
    /// What frames must hold to. Set it when a client has said who it is; it counts for the next frame.
    package var limits: WireLimits
    private var unfinished: [UInt8] = []
    private var failure: WireError?

    package init(limits: WireLimits) {
        self.limits = limits
    }

    /// Takes the next frame off the beginning of `chunk`, which follows all chunks before.
    /// - Returns: `nil` when the chunk is used up and more is needed.
    /// - Throws: ``WireError``. The connection is then out of step: every further call throws the same.
    package mutating func next(from chunk: inout UnsafeRawBufferPointer) throws(WireError) -> Frame? {
        if let failure { throw failure }
        do throws(WireError) {
            return unfinished.isEmpty ? try whole(&chunk) : try finished(&chunk)
        } catch {
            failure = error
            unfinished = []
            throw error
        }
    }

    /// The frame at the beginning of the chunk; what there is of it is kept when it is not all there.
    private mutating func whole(_ chunk: inout UnsafeRawBufferPointer) throws(WireError) -> Frame? {
        guard chunk.count >= Self.lengthBytes else { return keep(&chunk, chunk.count) }
        let length = try frameByteCount(chunk)
        guard chunk.count - Self.lengthBytes >= length else {
            unfinished.reserveCapacity(Self.lengthBytes + length)
            return keep(&chunk, chunk.count)
        }
        let bytes = UnsafeRawBufferPointer(rebasing: chunk[Self.lengthBytes..<Self.lengthBytes + length])
        chunk = UnsafeRawBufferPointer(rebasing: chunk[(Self.lengthBytes + length)...])
        return try Frame(packed: bytes, limits: limits)
    }

    /// The frame that earlier chunks began.
    private mutating func finished(_ chunk: inout UnsafeRawBufferPointer) throws(WireError) -> Frame? {
        if unfinished.count < Self.lengthBytes {
            _ = keep(&chunk, min(chunk.count, Self.lengthBytes - unfinished.count))
            guard unfinished.count == Self.lengthBytes else { return nil }
        }
        let length = try keptFrameByteCount()
        _ = keep(&chunk, min(chunk.count, Self.lengthBytes + length - unfinished.count))
        guard unfinished.count == Self.lengthBytes + length else { return nil }
        defer { unfinished.removeAll(keepingCapacity: true) }
        return try unfinished.withUnsafeBufferPointer { kept throws(WireError) in
            try Frame(
                packed: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: kept[Self.lengthBytes...])), limits: limits
            )
        }
    }

    private mutating func keep(_ chunk: inout UnsafeRawBufferPointer, _ count: Int) -> Frame? {
        unfinished.append(contentsOf: chunk[..<count])
        chunk = UnsafeRawBufferPointer(rebasing: chunk[count...])
        return nil
    }

    private func keptFrameByteCount() throws(WireError) -> Int {
        try unfinished.withUnsafeBufferPointer { kept throws(WireError) in
            try frameByteCount(UnsafeRawBufferPointer(kept))
        }
    }

    private func frameByteCount(_ bytes: UnsafeRawBufferPointer) throws(WireError) -> Int {
        let length = Int(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
        guard length <= limits.frameBytesMax else {
            throw WireError(.frameTooLong, Self.tooLong(length, first: [UInt8](bytes.prefix(4)), limits.frameBytesMax))
        }
        return length
    }

    /// What was announced, or what it is in truth: other protocols' first bytes are lengths that are always too long.
    private static func tooLong(_ length: Int, first: [UInt8], _ max: Int) -> String {
        let isTLS = first[0] == 0x16 && first[1] == 3
        let methods = ["GET ", "POST", "PUT ", "HEAD", "OPTI", "DELE", "PATC", "CONN", "PRI ", "HTTP"]
        guard isTLS || methods.contains(where: { Array($0.utf8) == first }) else {
            // A TLS record of an alert (RFC 8446, section 5.1).
            if first[0] == 0x15 && first[1] == 3 {
                return "The other side speaks TLS. Connect with tls:// before its address."
            }
            return "A frame of \(length) bytes was announced; at most \(max) are taken. Send it in parts."
        }
        return "Not a Countertop client: these are the first bytes of \(isTLS ? "TLS" : "HTTP"), and here frames are "
            + "spoken, each a 4-byte length and a countertop.v1.Frame. Check the address and the port."
    }

    private static let lengthBytes = 4
}
