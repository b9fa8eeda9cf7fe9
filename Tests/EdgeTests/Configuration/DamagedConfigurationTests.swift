import Foundation
import Testing

@testable import Edge

@Suite struct DamagedConfigurationTests {
    private static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "../../../packaging/examples"
    ).standardized

    @Test(
        "A configuration that a bad disk has changed is read, or refused in a sentence that names the file",
        arguments: ["custobar", "enfore-cards", "poster-growcards", "solteq-cardu", "vipps-mobilepay"])
    func survives(_ name: String) throws {
        let whole = try Data(contentsOf: Self.examples.appending(path: "\(name).yaml"))
        let directory = try TemporaryDirectory()
        let path = directory.file("store.yaml")
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomSource(seed: seed)
        var refused = 0
        for round in 0..<200 {
            var bytes = whole
            switch round % 3 {
            case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            case 1:
                for _ in 0...Int.random(in: 0..<8, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
            default:
                let start = Int.random(in: bytes.indices, using: &random)
                bytes.resetBytes(in: start..<min(bytes.endIndex, start + 512))
            }
            try bytes.write(to: URL(fileURLWithPath: path))
            do {
                _ = try EdgeConfiguration.read(path: path)
            } catch let error as EdgeError {
                refused += 1
                #expect(error.message.contains("store.yaml"), "seed \(seed), round \(round)")
                #expect(error.message.hasSuffix("."), "seed \(seed), round \(round): \(error.message)")
            } catch {
                Issue.record("seed \(seed), round \(round): \(error)")
            }
        }
        #expect(refused > 0)
    }
}
