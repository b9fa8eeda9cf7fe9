import CProtobufC

extension WireMessage {
    /// The message's protobuf bytes.
    public func packed() -> [UInt8] {
        var packed: [UInt8] = []
        WireArena.lend(budgetBytes: .max) { arena in
            let message = inC(arena)
            packed = [UInt8](unsafeUninitializedCapacity: protobuf_c_message_get_packed_size(message)) { bytes, count in
                count = protobuf_c_message_pack(message, bytes.baseAddress)
            }
        }
        return packed
    }

    /// How many bytes ``packed()`` gives.
    public var packedByteCount: Int {
        var count = 0
        WireArena.lend(budgetBytes: .max) { count = protobuf_c_message_get_packed_size(inC($0)) }
        return count
    }

    /// Writes the protobuf bytes to the beginning of `memory`.
    /// - Returns: how many bytes the message takes; when `memory` is shorter than that, nothing was written.
    public func pack(into memory: UnsafeMutableRawBufferPointer) -> Int {
        var count = 0
        WireArena.lend(budgetBytes: .max) { arena in
            let message = inC(arena)
            count = protobuf_c_message_get_packed_size(message)
            guard count <= memory.count, let bytes = memory.baseAddress else { return }
            protobuf_c_message_pack(message, bytes.assumingMemoryBound(to: UInt8.self))
        }
        return count
    }

    /// The message as protobuf-c's struct, in the arena.
    @inline(__always)
    func inC(_ arena: WireArena) -> UnsafePointer<ProtobufCMessage> {
        let slot = arena.take(MemoryLayout<UnsafeRawPointer>.size)
        store(slot, arena)
        return slot.load(as: UnsafePointer<ProtobufCMessage>.self)
    }
}
