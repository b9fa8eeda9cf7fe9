import Foundation

/// One group of figures that are measured together.
protocol Figures: Sendable {
    func names(_ options: BenchOptions) -> [String]
    func measure(_ bench: BenchDesk) async throws
}

/// What all measurements share: the options, the scratch directory, the output.
final class BenchDesk: Sendable {
    static let all: [any Figures] = [
        DecodeFigures(), LongLabelFigures(), LookupFigures(), ResolveFigures(), CrowdFigures(), EncryptedFigures(),
        AllocationFigures(), ScanFigures(), ChangeFigures(), RestFigures(), ImportFigures(),
    ]
    /// Beside the build directory of `make bench`, so that the large replica outlives a clean build.
    private static let directory = ".build-bench-data"

    let options: BenchOptions
    let directory: String

    init(_ options: BenchOptions) throws {
        self.options = options
        directory = FileManager.default.currentDirectoryPath + "/" + Self.directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    /// The replica that is measured, made when it is not there yet.
    /// - Parameter customers: `nil` for the size that most is measured with.
    func store(customers: Int? = nil) throws -> BenchStore {
        try BenchStore.ready(in: directory, count: customers ?? options.customers) { Self.note($0) }
    }

    /// An empty directory for one measurement, which removes it.
    func scratch(_ name: String) throws -> String {
        let path = "\(directory)/\(name)-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    func remove(_ directory: String) {
        try? FileManager.default.removeItem(atPath: directory)
    }

    func print(_ name: String, _ value: Double, _ unit: String) {
        FileHandle.standardOutput.write(Data("\(name) \(Self.text(value)) \(unit)\n".utf8))
    }

    /// Says on the standard error what takes long.
    static func note(_ words: String) {
        FileHandle.standardError.write(Data("\(words)\n".utf8))
    }

    /// Three digits or more, as many as mean something.
    private static func text(_ value: Double) -> String {
        String(format: value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value)
    }
}
