import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Transport

@Suite("Causes of the system's in words")
struct SystemCauseTests {
    private func refusal(_ body: () throws -> Void) throws -> any Error {
        do { try body() } catch { return error }
        throw CancellationError()
    }

    @Test("Foundation's errors of files are named as the system names them")
    func files() throws {
        let missing = try refusal { _ = try Data(contentsOf: URL(fileURLWithPath: "/nowhere/file")) }
        #expect(SystemCause.words(missing) == "No such file or directory")
        let folder = try refusal { try Data().write(to: URL(fileURLWithPath: "/nowhere/file")) }
        #expect(SystemCause.words(folder) == "No such file or directory")
        let proc = try refusal {
            try FileManager.default.createDirectory(atPath: "/proc/no/such", withIntermediateDirectories: true)
        }
        #expect(!SystemCause.words(proc).contains("Domain"), "\(SystemCause.words(proc))")
        #expect(SystemCause.isForeign(missing) && SystemCause.isForeign(folder))
    }

    @Test("Errors of the network are named, and the program's own stay as they are")
    func network() throws {
        #expect(SystemCause.words(IOError(errnoCode: EADDRINUSE, reason: "bind")) == "Address already in use")
        #expect(SystemCause.words(ChannelError.connectTimeout(.seconds(1))) == "nobody answered in time")
        let own = TransportError(.inputOutput, "It failed.", cause: nil)
        #expect(SystemCause.words(own) == "\(own)" && !SystemCause.isForeign(own))
    }
}
