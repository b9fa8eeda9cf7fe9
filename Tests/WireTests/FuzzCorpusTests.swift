import Testing

@testable import Wire

@Suite struct FuzzCorpusTests {
    @Test("What the fuzzers began with and found holds")
    func replays() throws {
        let targets: [(String, ([UInt8]) -> String?)] = [
            ("WireFrames", WireProperties.framesDoNotDependOnCuts), ("WireMessages", WireProperties.messagesSurvive),
            ("WireJSON", WireProperties.jsonSurvives),
        ]
        for (name, property) in targets {
            let files = try Project.files(in: "Tests/Fuzz/Corpus/\(name)")
            #expect(files.count > 20)
            for file in files {
                let input = [UInt8](try Project.data("Tests/Fuzz/Corpus/\(name)/\(file)"))
                #expect(property(input) == nil, "\(name)/\(file)")
            }
        }
    }

    @Test("Bytes that are nearly right hold too", arguments: 1...10)
    func mutates(seed: UInt64) throws {
        var source = RandomSource(seed: seed)
        for _ in 0..<200 {
            let choice = Int.random(in: 0..<EveryMessage.types.count, using: &source)
            var generator = MessageGenerator(values: .random(RandomSource(seed: source.next())))
            var bytes = generator.bytes(EveryMessage.types[choice].schema.descriptor)
            for _ in 0..<Int.random(in: 0...3, using: &source) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &source)] = .random(in: 0...255, using: &source)
            }
            #expect(WireProperties.messagesSurvive([UInt8(choice)] + bytes) == nil, "seed \(seed)")
            #expect(WireProperties.jsonSurvives([UInt8(choice)] + bytes) == nil, "seed \(seed)")
        }
    }

    @Test("JSON that is nearly right holds too", arguments: 1...10)
    func mutatesJSON(seed: UInt64) throws {
        var source = RandomSource(seed: seed)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "null", "-", "1e9", "0", ".", "\u{0}", "\u{1}", "å",
        ]
        for _ in 0..<200 {
            let choice = Int.random(in: 0..<EveryMessage.types.count, using: &source)
            let schema = EveryMessage.types[choice].schema
            var generator = MessageGenerator(values: .random(RandomSource(seed: source.next())))
            var text = Array(try schema.json(packed: generator.bytes(schema.descriptor)).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &source) {
                let place = Int.random(in: 0...text.count, using: &source)
                let end = min(text.count, place + Int.random(in: 0...2, using: &source))
                text.replaceSubrange(place..<end, with: (pieces.randomElement(using: &source) ?? "").utf8)
            }
            #expect(WireProperties.jsonSurvives([UInt8(choice)] + text) == nil, "seed \(seed)")
        }
    }
}
