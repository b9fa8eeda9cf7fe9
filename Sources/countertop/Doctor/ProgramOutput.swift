import Foundation

/// What another program of the machine prints.
enum ProgramOutput {
    /// The most that is read, in bytes.
    static let bytesMax = 32 * 1024 * 1024

    /// - Returns: `nil` when the program is not there or fails.
    static func of(_ program: String, _ arguments: [String]) -> String? {
        data(program, arguments).map { String(decoding: $0, as: UTF8.self) }
    }

    static func data(_ program: String, _ arguments: [String]) -> Data? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
            let data = try output.fileHandleForReading.read(upToCount: bytesMax) ?? Data()
            process.waitUntilExit()
            return process.terminationStatus == 0 ? data : nil
        } catch {
            return nil
        }
    }
}
