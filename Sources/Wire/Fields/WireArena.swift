import CProtobufC

/// The memory that the C form of one message lives in while it is packed or unpacked.
public struct WireArena {
    let pointer: UnsafeMutablePointer<countertop_arena>

    /// Bytes of the stack an arena begins with; most messages need no more.
    static let stackBytes = 1024

    /// Lends an arena to `body` and frees everything in it afterwards. It returns nothing, because a result of a type
    /// that only the caller knows would cost more than the arena does.
    @inline(__always)
    static func lend(budgetBytes: Int, to body: (WireArena) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: stackBytes, alignment: 8) { memory in
            var arena = countertop_arena()
            countertop_arena_begin(&arena, memory.baseAddress, memory.count, budgetBytes)
            withUnsafeMutablePointer(to: &arena) { body(WireArena(pointer: $0)) }
            countertop_arena_end(&arena)
        }
    }

    /// Memory for packing, where the message is our own and the budget unbounded.
    @inline(__always)
    func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
        guard let memory = countertop_arena_take(pointer, byteCount) else {
            // The heap is at its end: the same end as that of any Swift array that cannot grow.
            preconditionFailure("Out of memory while packing a message")
        }
        return memory
    }

    /// The same, filled with zeroes.
    @inline(__always)
    func takeZeroed(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let memory = take(byteCount)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        return memory
    }
}
