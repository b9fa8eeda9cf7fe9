import Foundation
import Testing

@Suite struct ProtocolPageTests {
    private struct Conversation: Decodable {
        struct Frame: Decodable {
            let hex: String
        }
        let name: String
        let frames: [Frame]
    }

    @Test("The worked bytes of one scan are those of the golden conversation")
    func workedBytes() throws {
        let page = try Project.text("Sources/Wire/Wire.docc/Protocol.md")
        let blocks = page.matches(of: /```\n([0-9a-f\n]+)\n```/).map { $0.1.filter { $0 != "\n" } }
        let conversations = try JSONDecoder().decode(
            [Conversation].self, from: Project.data("Tests/Golden/conversations.json"))
        let scan = try #require(conversations.first { $0.name == "a scan" })
        #expect(blocks == scan.frames.map(\.hex))
    }
}
