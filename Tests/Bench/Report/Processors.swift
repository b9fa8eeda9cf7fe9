import Foundation

/// Which processors the threads of a measurement run on.
///
/// A round trip takes three times as long where the scheduler wakes the server's thread on another processor than its client's,
/// and which of the two it does differs from server to server. So round trips are compared with all servers in one place.
enum Processors {
    /// Runs `work` on the first processor and every other thread of this process on the last.
    /// - Throws: what `work` throws; ``BenchError`` when taskset(1) is not there or refuses.
    static func apart<Value>(_ work: () throws -> Value) throws -> Value {
        let last = ProcessInfo.processInfo.activeProcessorCount - 1
        guard last > 0 else { return try work() }
        let process = "\(ProcessInfo.processInfo.processIdentifier)"
        try taskset("-apc", "\(last)", process)
        try taskset("-pc", "0", try ownThread())
        let result = Result { try work() }
        try taskset("-apc", "0-\(last)", process)
        return try result.get()
    }

    private static func ownThread() throws -> String {
        let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
        return (path as NSString).lastPathComponent
    }

    private static func taskset(_ arguments: String...) throws {
        let program = Process()
        program.executableURL = URL(fileURLWithPath: "/usr/bin/taskset")
        program.arguments = arguments
        program.standardOutput = FileHandle.nullDevice
        do {
            try program.run()
        } catch {
            throw BenchError("taskset cannot be run: it is in the package util-linux.", cause: "\(error)")
        }
        program.waitUntilExit()
        guard program.terminationStatus == 0 else { throw BenchError("taskset refuses \(arguments).") }
    }
}
