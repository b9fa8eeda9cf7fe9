import CProtobufC

/// The memory that the C form of one message lives in while it is packed or unpacked.
public struct WireArena {
    let pointer: UnsafeMutablePointer<countertop_arena>

    /// Bytes of the stack an arena begins with; most messages need no more.
    static let stackBytes = 1024

    /// Lends an arena to `body` and frees everything in it afterwards.
    @inline(__always)
    static func withArena<Result, Failure: Error>(
        budgetBytes: Int, _ body: (WireArena) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var arena = countertop_arena()
        let outcome = withUnsafeTemporaryAllocation(byteCount: stackBytes, alignment: 8) { memory in
            countertop_arena_begin(&arena, memory.baseAddress, memory.count, budgetBytes)
            defer { countertop_arena_end(&arena) }
            return withUnsafeMutablePointer(to: &arena) { pointer -> Swift.Result<Result, Failure> in
                do throws(Failure) { return .success(try body(WireArena(pointer: pointer))) } catch {
                    return .failure(error)
                }
            }
        }
        return try outcome.get()
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
