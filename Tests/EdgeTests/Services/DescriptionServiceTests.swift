import CountertopClient
import Testing

@testable import Edge

@Suite struct DescriptionServiceTests {
    @Test("An edge tells the calls it answers, all of those in its files, and what a welcome tells")
    func describes() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                let answer: DescribeAnswer = try await edge.call("countertop.v1.Edge/Describe", DescribeRequest())
                #expect(answer.calls == WireCall.all.map(\.name))
                #expect(answer.limits == edge.welcome.limits && answer.features == edge.welcome.features)
                #expect(answer.edge == edge.welcome.edge)
                #expect((answer.versionMin...answer.versionMax).contains(edge.welcome.version))
                #expect(String(decoding: answer.fileDescriptorSet, as: UTF8.self).contains("WatchLaneRequest"))
            }
        }
    }
}
