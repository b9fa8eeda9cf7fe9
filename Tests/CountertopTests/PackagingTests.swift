import Foundation
import Testing

@Suite struct PackagingTests {
    @Test("The example configuration with every setting is one that the edge takes")
    func example() async throws {
        let file = Program.root.appending(path: "packaging/countertop.yaml").path
        let check = try await Program.run(["run", "--config", file, "--check"])
        #expect(check.status == 0, "\(check.errors)")
        #expect(check.output.contains("lanes 1"))
    }
}
