import Foundation
import Testing

@testable import Devices

@Suite struct HIDFuzzCorpusTests {
    @Test("What the fuzzers began with and found holds")
    func replays() throws {
        let targets: [(String, ([UInt8]) -> String?)] = [
            ("HIDDescriptor", HIDProperties.descriptorHolds), ("HIDPOSReports", HIDPOSProperties.decodingHolds),
            ("WedgeReports", WedgeProperties.decodingHolds), ("SerialText", LineProperties.textHolds),
            ("SSIPackets", LineProperties.ssiHolds), ("SNAPIReports", LineProperties.snapiHolds),
            ("LineCarriers", LineProperties.carrierHolds),
            ("HIDDisplays", DisplayProperties.hidHolds), ("SerialDisplays", DisplayProperties.serialHolds),
            ("DisplayCommands", DisplayProperties.commandHolds),
        ]
        let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fuzz/Corpus")
        for (name, property) in targets {
            let folder = corpus.appendingPathComponent(name)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(files.count > 10)
            for file in files {
                let input = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
                #expect(property(input) == nil, "\(name)/\(file)")
            }
        }
    }
}
