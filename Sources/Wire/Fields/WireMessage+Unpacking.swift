import CProtobufC

extension WireMessage {
    /// Reads a message from its protobuf bytes. Fields the `.proto` does not know are left out.
    /// - Throws: ``WireError`` when the bytes break protobuf's rules or one of `limits`; see ``WireCheck``.
    public init(packed bytes: UnsafeRawBufferPointer, limits: WireLimits = .afterHello) throws(WireError) {
        try WireCheck(limits).check(bytes, as: Self.schema)
        self.init()
        var isInBudget = false
        WireArena.lend(budgetBytes: limits.unpackedBytesMax) { arena in
            var allocator = countertop_arena_allocator(arena.pointer)
            let data = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            var unpacked = protobuf_c_message_unpack(Self.schema.descriptor, &allocator, bytes.count, data)
            guard unpacked != nil else { return }
            isInBudget = true
            self = Self.load(&unpacked)
        }
        guard isInBudget else {
            throw WireError(
                .outOfBudget,
                "The message would take more than \(limits.unpackedBytesMax) bytes of memory. Send it in parts.")
        }
    }

    /// Reads a message from its protobuf bytes.
    /// - Throws: ``WireError``, as ``init(packed:limits:)-(UnsafeRawBufferPointer,_)`` does.
    public init(packed bytes: [UInt8], limits: WireLimits = .afterHello) throws(WireError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(WireError) in
            try Self(packed: UnsafeRawBufferPointer(bytes), limits: limits)
        }
    }
}
