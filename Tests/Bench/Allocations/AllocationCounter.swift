import Foundation

/// Counts the allocations of another process with a preloaded library, which is built here from `counter.c`.
struct AllocationCounter: Sendable {
    private static let source = "Tests/Bench/Allocations/counter.c"
    private static let compiler = "/usr/bin/cc"

    private let library: String
    private let file: String

    /// - Returns: `nil`, and a note, when it cannot be built: the sources or the compiler are not here.
    static func build(in scratch: String) throws -> AllocationCounter? {
        let files = FileManager.default
        guard files.isReadableFile(atPath: source), files.isExecutableFile(atPath: compiler) else {
            BenchDesk.note("Allocations are counted where \(source) and \(compiler) are.")
            return nil
        }
        let counter = AllocationCounter(library: scratch + "/counter.so", file: scratch + "/allocations")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: compiler)
        process.arguments = ["-O2", "-shared", "-fPIC", "-o", counter.library, source]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError("\(source) does not compile.") }
        try Data(count: MemoryLayout<UInt64>.size).write(to: URL(fileURLWithPath: counter.file))
        return counter
    }

    /// What a process has to have in its environment to be counted.
    var environment: [String: String] { ["LD_PRELOAD": library, "COUNTERTOP_ALLOCATIONS": file] }

    /// How many there were by now.
    func count() throws -> Int {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        guard bytes.count == MemoryLayout<UInt64>.size else { throw BenchError("The counter's file is broken.") }
        return Int(bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
    }
}
