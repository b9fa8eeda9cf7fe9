import Foundation
import Testing

@testable import Wire

@Suite struct GeneratedProtosTests {
    @Test("Generating again gives the committed bytes: code, served description and list of services")
    func regenerates() throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("countertop-protos-\(UUID())")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: out) }
        let generator = Process()
        generator.executableURL = Project.root.appendingPathComponent("Protos/generate")
        generator.arguments = [out.path]
        try generator.run()
        generator.waitUntilExit()
        try #require(generator.terminationStatus == 0)
        let sources = "countertop/v1"
        let headers = "include/countertop/v1"
        #expect(try Project.files(in: "Sources/CCountertopProtos/\(sources)") == files(in: out, sources))
        let written = try Project.files(in: "Sources/CCountertopProtos/\(headers)").filter { $0 != "description.h" }
        #expect(try written == files(in: out, headers))
        for folder in [sources, headers] {
            for file in try files(in: out, folder) {
                let generated = try Data(contentsOf: out.appendingPathComponent("\(folder)/\(file)"))
                let committed = try Project.data("Sources/CCountertopProtos/\(folder)/\(file)")
                #expect(generated == committed, "\(file) is not what the .proto says: run `make protos`")
            }
        }
    }

    private func files(in folder: URL, _ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path).sorted()
    }
}
