import CZlib

/// Unpacks gzip (RFC 1952), several members after one another included, and gives anything else as it is.
final class InflatingInput: ByteInput {
    private let input: any ByteInput
    private let name: String
    private var inflater: Inflater?
    private var packed: [UInt8] = []
    private var hasBegun = false
    private var isAtEnd = false

    /// - Parameter name: what is unpacked, for messages.
    init(_ input: any ByteInput, name: String) {
        self.input = input
        self.name = name
    }

    var bytesRead: UInt64 { input.bytesRead }
    var bytesTotal: UInt64? { input.bytesTotal }

    func read() throws(SystemsError) -> [UInt8] {
        if !hasBegun { try begin() }
        guard let inflater else {
            guard packed.isEmpty else {
                defer { packed = [] }
                return packed
            }
            return try input.read()
        }
        while !isAtEnd {
            if packed.isEmpty { packed = try input.read() }
            let isInputAtEnd = packed.isEmpty
            let (bytes, used, state) = inflater.inflate(packed)
            packed.removeFirst(used)
            switch state {
            case .broken: throw broken("It is damaged: export it again.")
            case .memberEnded: isAtEnd = try !nextMemberFollows()
            case .goesOn where isInputAtEnd && bytes.isEmpty: throw broken("It ends too early: export it again.")
            case .goesOn: break
            }
            if !bytes.isEmpty { return bytes }
        }
        return []
    }

    func skip(_ count: UInt64) throws(SystemsError) -> [UInt8] {
        if !hasBegun { try begin() }
        guard inflater == nil else { return try skipByReading(count) }
        guard UInt64(packed.count) < count else {
            defer { packed = [] }
            return Array(packed[Int(count)...])
        }
        defer { packed = [] }
        return try input.skip(count - UInt64(packed.count))
    }

    /// Reads the two bytes that tell gzip.
    private func begin() throws(SystemsError) {
        hasBegun = true
        try fill(2)
        guard packed.starts(with: [0x1F, 0x8B]) else { return }
        inflater = try Inflater(name: name)
    }

    private func fill(_ count: Int) throws(SystemsError) {
        while packed.count < count {
            let bytes = try input.read()
            guard !bytes.isEmpty else { return }
            packed += bytes
        }
    }

    /// What follows the last member and is no gzip is padding, which tapes and some programs leave.
    private func nextMemberFollows() throws(SystemsError) -> Bool {
        try fill(2)
        guard packed.starts(with: [0x1F, 0x8B]) else { return false }
        inflater?.reset()
        return true
    }

    private func broken(_ what: String) -> SystemsError {
        SystemsError(.broken, "\(name) cannot be unpacked. \(what)")
    }
}

/// One zlib stream.
final class Inflater {
    enum State: Equatable { case goesOn, memberEnded, broken }

    /// zlib keeps the address of its stream.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Window bits of a gzip stream alone (zlib.h, inflateInit2).
    private static let gzip: Int32 = 15 + 16

    init(name: String) throws(SystemsError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, Self.gzip, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw SystemsError(.unavailable, "\(name) cannot be unpacked: there is no memory.")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func reset() { inflateReset(stream) }

    /// Unpacks at most ``SystemsLimits/chunkBytes``.
    /// - Returns: the bytes, how many of `packed` were used, and what follows.
    func inflate(_ packed: [UInt8]) -> (bytes: [UInt8], used: Int, state: State) {
        var used = 0
        var state = State.goesOn
        let bytes = [UInt8](unsafeUninitializedCapacity: SystemsLimits.chunkBytes) { output, filled in
            packed.withUnsafeBufferPointer { input in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                switch CZlib.inflate(stream, Z_NO_FLUSH) {
                case Z_OK, Z_BUF_ERROR: state = .goesOn
                case Z_STREAM_END: state = .memberEnded
                default: state = .broken
                }
                used = input.count - Int(stream.pointee.avail_in)
                filled = output.count - Int(stream.pointee.avail_out)
                stream.pointee.next_in = nil
                stream.pointee.next_out = nil
            }
        }
        return (bytes, used, state)
    }
}
