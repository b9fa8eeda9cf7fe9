import Foundation

/// Runs blocking work on a thread of its own, so that it takes none of those the edge's tasks run on.
enum MeasuringThread {
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { caller in
            let thread = Thread { caller.resume(with: Result { try work() }) }
            thread.name = "measuring"
            thread.stackSize = 1 << 20
            thread.start()
        }
    }
}
