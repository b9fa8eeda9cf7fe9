import Foundation
import Testing

@Suite struct GeneratedProtosTests {
    static let protos = ["customers", "devices", "frame", "health", "lanes", "pairing"]

    @Test("Generating the C again gives the committed bytes")
    func regenerates() throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("countertop-protos-\(UUID())")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: out) }
        let generator = Process()
        generator.executableURL = URL(fileURLWithPath: "/usr/bin/protoc-c")
        generator.arguments =
            ["--proto_path=\(Project.root.path)/Protos", "--c_out=\(out.path)"]
            + Self.protos.map { "countertop/v1/\($0).proto" }
        try generator.run()
        generator.waitUntilExit()
        try #require(generator.terminationStatus == 0)
        for name in Self.protos {
            for (ending, folder) in [("c", ""), ("h", "include/")] {
                let file = "countertop/v1/\(name).pb-c.\(ending)"
                let generated = try Data(contentsOf: out.appendingPathComponent(file))
                let committed = try Project.data("Sources/CCountertopProtos/\(folder)\(file)")
                #expect(generated == committed, "\(file) is not what the .proto says: run `make protos`")
            }
        }
    }

    @Test("Every .proto file is generated from, and nothing else is")
    func generatesAll() throws {
        let names = try Project.files(in: "Protos/countertop/v1").map {
            $0.replacingOccurrences(of: ".proto", with: "")
        }
        #expect(names == Self.protos)
        let generated = try Project.files(in: "Sources/CCountertopProtos/countertop/v1")
        #expect(generated == Self.protos.map { "\($0).pb-c.c" })
    }
}
