public import Foundation

/// What a peer answers: the same Resolution each time, read once from a file of its packed bytes. There is no database in
/// a peer's figure.
public enum PeerAnswer {
    public static func load(_ arguments: [String]) throws -> Countertop_V1_Resolution {
        guard arguments.count == 2 else { throw CocoaError(.fileNoSuchFile) }
        return try Countertop_V1_Resolution(serializedBytes: Data(contentsOf: URL(fileURLWithPath: arguments[1])))
    }

    /// Tells the benchmark where the peer listens.
    public static func tell(port: Int) {
        FileHandle.standardOutput.write(Data("\(port)\n".utf8))
    }

    /// Returns when the standard input ends: the benchmark has what it wants, or is gone.
    public static func waitForEnd() async {
        await withCheckedContinuation { caller in
            Thread.detachNewThread {
                _ = FileHandle.standardInput.readDataToEndOfFile()
                caller.resume()
            }
        }
    }
}
