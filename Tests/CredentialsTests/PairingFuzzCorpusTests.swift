import Foundation
import Testing

@testable import Credentials

@Suite struct PairingFuzzCorpusTests {
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzz/Corpus/PairingCodes")

    private static func cases() throws -> [(name: String, input: [UInt8])] {
        let files = try FileManager.default.contentsOfDirectory(atPath: corpus.path).sorted()
        return try files.map { ($0, [UInt8](try Data(contentsOf: corpus.appendingPathComponent($0)))) }
    }

    @Test("What the fuzzer began with and found holds")
    func replays() throws {
        let cases = try Self.cases()
        #expect(cases.count > 20)
        for (name, input) in cases { #expect(PairingProperties.pairingHolds(input) == nil, "\(name)") }
        let requests = cases.filter { $0.input.first == 1 }.map { Array($0.input.dropFirst()) }
        #expect(requests.contains { (try? CertificateRequest(der: $0)) != nil }, "No request of the corpus is taken")
    }

    @Test("Bytes that are nearly right hold too", arguments: 1...5)
    func mutates(seed: UInt64) throws {
        var source = RandomSource(seed: seed)
        for (name, input) in try Self.cases() where !input.isEmpty {
            for _ in 0..<20 {
                var bytes = input
                for _ in 0..<Int.random(in: 1...3, using: &source) {
                    bytes[Int.random(in: 0..<bytes.count, using: &source)] = .random(in: 0...255, using: &source)
                }
                #expect(PairingProperties.pairingHolds(bytes) == nil, "\(name), seed \(seed)")
            }
        }
    }
}
