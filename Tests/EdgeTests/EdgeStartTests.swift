import CountertopClient
import Foundation
import Testing

@testable import Edge

@Suite struct EdgeStartTests {
    @Test("A port in use is said with what to do, and nothing is left running")
    func portInUse() async throws {
        try await StoreRig.with { rig in
            guard case .tcp(_, let port) = rig.edge.addresses[0] else { return }
            let error = await #expect(throws: EdgeError.self) {
                try await StoreRig.with {
                    $0.listen.port = port
                } _: { _ in
                }
            }
            #expect(error?.code == .listenFailed)
            #expect(error?.message.contains("\(port)") == true)
        }
    }

    @Test("A second edge on the same files is refused")
    func inUse() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { _ in
            let error = await #expect(throws: EdgeError.self) {
                try await StoreRig.with(directory: directory) {
                    $0.listen.unixPath = ""
                } _: { _ in
                }
            }
            #expect(error?.code == .stateUnusable)
            #expect(error?.message.contains("Is the edge running already?") == true)
        }
    }

    @Test("A state directory that cannot be made is said with what to do")
    func noDirectory() async throws {
        let error = await #expect(throws: EdgeError.self) {
            try await StoreRig.with {
                $0.statePath = "/proc/nowhere"
            } _: { _ in
            }
        }
        #expect(error?.code == .stateUnusable)
        #expect(error?.message.contains("/proc/nowhere") == true)
    }

    @Test("A key that does not belong to the files is refused, and the files are left as they are")
    func otherKey() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { _ in }
        try FileManager.default.removeItem(atPath: directory.file("key"))
        let error = await #expect(throws: EdgeError.self) {
            try await StoreRig.with(directory: directory) { _ in }
        }
        #expect(error?.code == .stateUnusable)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(!names.contains { $0.contains("broken") })
    }
}
