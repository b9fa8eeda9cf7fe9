import Wire

/// Requests for the cards of random customers, packed before anything is measured. They go on streams 1, 3, 5 and so on.
struct LeanRequests: Sendable {
    private let bytes: [UInt8]
    /// Where each request begins, and where the last one ends.
    private let offsets: [Int]

    init(store: BenchStore, count: Int) {
        var random = SplitMix(seed: 3)
        var bytes: [UInt8] = []
        var offsets = [0]
        for index in 0..<count {
            let card = BenchCustomers.card(Int.random(in: 0..<store.count, using: &random))
            let body = ResolveRequest(query: .code(Array(card.utf8))).packed()
            let request = Request(call: "countertop.v1.Customers/Resolve", body: body)
            bytes += PackedFrame(Frame(stream: UInt32(index * 2 + 1), kind: .request(request))).bytes
            offsets.append(bytes.count)
        }
        self.bytes = bytes
        self.offsets = offsets
    }

    var count: Int { offsets.count - 1 }
    var byteCount: Int { bytes.count }

    /// The bytes of some of them.
    func bytes(of range: Range<Int>) -> ArraySlice<UInt8> {
        bytes[offsets[range.lowerBound]..<offsets[range.upperBound]]
    }

    /// Sends some of them in one write.
    func send(_ range: Range<Int>, on socket: LeanSocket) throws {
        try bytes.withUnsafeBytes { bytes in
            try socket.send(
                UnsafeRawBufferPointer(rebasing: bytes[offsets[range.lowerBound]..<offsets[range.upperBound]]))
        }
    }
}
