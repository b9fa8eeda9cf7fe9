import CountertopClient
import Devices
import Foundation
import Systems
import Testing
import USB

@testable import Edge

@Suite("What a till asks of scanner and display", .timeLimit(.minutes(2)))
struct LanePromptTests {
    @Test(
        "A lane whose scanners read no telephones refuses to be armed for one, with the reason, and is armed for other codes",
        arguments: [(false, true, "2D codes"), (true, false, "screens")])
    func laser(reads2D: Bool, readsScreens: Bool, why: String) async throws {
        try await StoreRig.with {
            $0.devices.scanners = [
                ScannerRule(device: .path("virtual-scanner-1"), reads2D: reads2D, readsScreens: readsScreens)
            ]
        } _: { rig in
            try await rig.withTill { till in
                let error = await #expect(throws: CountertopError.self) {
                    try await till.lanes.armScanner(lane: "1", for: .phoneCode)
                }
                #expect(error?.reason == "SCANNER_UNFIT" && error?.code == .failedPrecondition)
                #expect(error?.message.contains(why) == true && error?.message.contains("virtual-scanner-1") == true)
                let armed = try await till.lanes.armScanner(lane: "1")
                #expect(armed.armed)
            }
        }
    }

    @Test("A scanner of which nobody knows is armed for a telephone's code")
    func unknown() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let answer = try await till.lanes.armScanner(lane: "1", for: .phoneCode)
                #expect(answer.armed && answer.scanners == ["virtual-scanner-1"])
            }
        }
    }

    @Test("A customer is shown how to become a member in the language that is asked for, and the till gets the address")
    func selfEnrolment() async throws {
        try await StoreRig.with {
            $0.enrolmentAddress = "storgata.example"
        } _: { rig in
            let shown = AsyncStream<[String]>.makeStream()
            try rig.display().onChange { shown.continuation.yield($0) }
            try await rig.withTill { till in
                let answer = try await till.lanes.prompt(lane: "1", .selfEnrolment, language: "nb-NO")
                #expect(answer.address == "storgata.example")
                #expect(
                    answer.lines.map { $0.trimmingCharacters(in: .whitespaces) } == [
                        "Bli medlem selv:", "storgata.example",
                    ])
                let phone = try await till.lanes.prompt(lane: "1", .askPhone)
                #expect(phone.address.isEmpty && phone.lines.first?.hasPrefix("Please tell us") == true)
            }
            for await lines in shown.stream where lines[0].hasPrefix("Bli medlem") { break }
        }
    }

    @Test(
        "Where a system's customers enrol themselves is the store's address too, unless the store names one of its own")
    func systemsAddress() async throws {
        let cardu = SystemSettings(
            name: "cloud", kind: "solteq",
            values: [
                "url": .text("http://127.0.0.1:9"), "identity_url": .text("http://127.0.0.1:9"),
                "client_id": .text("c"), "client_secret": .text("/nowhere"), "allow": .texts(["name"]),
                "cardu.enabled": .flag(true), "cardu.enrolment_url": .text("https://cardu.example/nordmat/"),
            ])
        var configuration = EdgeConfiguration.sample(statePath: "/nowhere")
        configuration.systems = [cardu]
        #expect(configuration.displayText.enrolmentAddress == "https://cardu.example/nordmat/")
        #expect(
            configuration.displayText.prompt(.selfEnrolment, language: "") == ["cardu.example/nordma", "t"])
        configuration.enrolmentAddress = "nordmat.example"
        #expect(configuration.displayText.prompt(.selfEnrolment, language: "").lines.last == "nordmat.example")
    }

    @Test("Without an address there is nowhere to become a member, and a prompt has to be named")
    func refused() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let none = await #expect(throws: CountertopError.self) {
                    try await till.lanes.prompt(lane: "1", .selfEnrolment)
                }
                #expect(none?.reason == "ENROLMENT_ADDRESS_MISSING")
                let unnamed = await #expect(throws: CountertopError.self) {
                    try await till.lanes.prompt(lane: "1", .unspecified)
                }
                #expect(unnamed?.reason == "ARGUMENT_INVALID")
            }
        }
    }

    @Test("What a label says by GS1's identifiers comes with its scan, and an article's code has no such fields")
    func elements() async throws {
        try await StoreRig.with { rig in
            let scanner = try rig.scanner()
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    scanner.scan(Array("0104006381333931".utf8) + Array("10LOT7".utf8), aim: "]d2")
                    scanner.scan(Array("4006381333931".utf8), aim: "]E0")
                    var scans: [Scan] = []
                    for try await event in lane {
                        if case .scan(let scan) = event.event { scans.append(scan) }
                        if scans.count == 2 { break }
                    }
                    #expect(scans[0].elements.map(\.ai) == ["01", "10"])
                    #expect(scans[0].elements.map(\.value) == [Array("04006381333931".utf8), Array("LOT7".utf8)])
                    #expect(scans[0].elements.first?.title == "GTIN" && scans[1].elements.isEmpty)
                }
            }
        }
    }

    @Test("A customer is greeted in the own language when the store says so")
    func greeting() async throws {
        try await StoreRig.with {
            $0.greetsInCustomersLanguage = true
        } _: { rig in
            let scanner = try rig.scanner()
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    scanner.scan(Array("CU00000KARINORDAS".utf8), aim: "]Q1")
                    _ = try await events.nextState { $0.displayLines.first == "Velkommen, Kari!" }
                }
            }
        }
    }
}
