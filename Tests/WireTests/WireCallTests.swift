import Foundation
import Testing

@testable import Wire

@Suite struct WireCallTests {
    @Test("Every rpc of the .proto files is a call, with its messages, and streams are told from single answers")
    func knowsAll() throws {
        var expected: [String] = []
        for file in try Project.files(in: "Protos/countertop/v1") {
            var service = ""
            for line in try Project.text("Protos/countertop/v1/\(file)").split(separator: "\n") {
                if let match = line.firstMatch(of: /^service (\w+)/) { service = String(match.1) }
                guard let rpc = line.firstMatch(of: /rpc (\w+)\((\w+)\) returns \((stream )?(\w+)\)/) else { continue }
                expected.append("countertop.v1.\(service)/\(rpc.1) \(rpc.2) \(rpc.3 ?? "")\(rpc.4)")
            }
        }
        let known = WireCall.all.map { call in
            let names = [call.request, call.answer].map { $0.name.replacing("countertop.v1.", with: "") }
            return "\(call.name) \(names[0]) \(call.isStream ? "stream " : "")\(names[1])"
        }
        #expect(known == expected.sorted())
    }

    @Test("A call is found with and without its package")
    func finds() {
        #expect(WireCall.named("Customers/Resolve")?.name == "countertop.v1.Customers/Resolve")
        #expect(WireCall.named("countertop.v1.Lanes/Watch")?.isStream == true)
        #expect(WireCall.named("Lanes/Nothing") == nil)
    }

    @Test("The description that is served holds every message and every call")
    func describes() {
        let text = String(decoding: ServedFiles.packed, as: UTF8.self)
        for type in EveryMessage.types { #expect(text.contains("\(type)")) }
        #expect(ServedFiles.packed.count < WireLimits.afterHello.frameBytesMax - 8_192)
    }

    @Test("An outline names fields as JSON does, each message once")
    func outlines() throws {
        let lines = WireOutline([try #require(WireCall.named("Lanes/CloseBasket")).request]).lines
        #expect(lines.first == "CloseBasketRequest")
        #expect(lines.contains { $0.contains("minorUnits") && $0.hasSuffix("sint64") })
        #expect(lines.filter { $0 == "Money" }.count == 1)
    }
}
