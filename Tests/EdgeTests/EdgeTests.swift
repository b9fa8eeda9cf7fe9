import CountertopClient
import Customers
import Devices
import Foundation
import Testing

@testable import Edge

@Suite struct EdgeTests {
    @Test("A card read by the scanner is the customer in the till's basket, and the greeting on the display")
    func mainJob() async throws {
        try await StoreRig.with { rig in
            let shown = AsyncStream<[String]>.makeStream()
            try rig.display().onChange { shown.continuation.yield($0) }
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    try await till.lanes.openBasket(lane: "1", basket: "B1")
                    _ = try rig.scanner().scan(Array(SampleStore.kariCard.utf8), aim: "]Q1")
                    let scan = try await events.nextScan()
                    #expect(scan.sequence == 1)
                    #expect(scan.symbology == .qrcode)
                    #expect(scan.aim == "]Q1")
                    #expect(scan.resolution?.customer?.name == "Kari Nordås")
                    #expect(scan.resolution?.provenance?.source == SampleStore.feed)
                    #expect(scan.resolution?.provenance?.complete == true)
                    #expect(scan.attachment == .attached)
                    let state = try await events.nextState { $0.basket?.customer != nil }
                    #expect(state.basket?.id == "B1")
                }
            }
            for await lines in shown.stream where lines[0].hasPrefix("Welcome, Kari!") { break }
        }
    }

    @Test("A label in several reports, a product and an unknown code reach the till in order, each once")
    func order() async throws {
        try await StoreRig.with { rig in
            let long = String(repeating: "LOYALTY-", count: 20)
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    let scanner = try rig.scanner()
                    _ = scanner.scan(Array(long.utf8), aim: "]Q1")
                    _ = scanner.scan(Array(SampleStore.product.utf8), aim: "]E0")
                    _ = scanner.scan(Array(SampleStore.product.utf8), aim: "]E0")
                    _ = scanner.scan(Array(SampleStore.unknown.utf8), aim: "]C0")
                    var scans: [Scan] = []
                    for _ in 0..<4 { scans.append(try await events.nextScan()) }
                    #expect(scans.map(\.sequence) == [1, 2, 3, 4])
                    #expect(
                        scans.map(\.data)
                            == [long, SampleStore.product, SampleStore.product, SampleStore.unknown].map {
                                Array($0.utf8)
                            })
                    #expect(scans.compactMap(\.resolution?.kind) == [.unknown, .product, .product, .unknown])
                    #expect(scans[1].resolution?.gtin == "04006381333931")
                    #expect(scans[1].symbology == .ean13)
                }
            }
        }
    }

    @Test("A customer's card held in front of the scanner is one scan")
    func bounce() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    for _ in 0..<3 { _ = try rig.scanner().scan(Array(SampleStore.kariCard.utf8), aim: "]Q1") }
                    _ = try rig.scanner().scan(Array(SampleStore.product.utf8), aim: "]E0")
                    let first = try await events.nextScan()
                    #expect(first.resolution?.kind == .customer)
                    let second = try await events.nextScan()
                    #expect(second.resolution?.kind == .product)
                }
            }
        }
    }

    @Test("A payment card's number is neither delivered nor written anywhere")
    func paymentCard() async throws {
        let number = "4111111111111111"
        let directory = try TemporaryDirectory()
        let log = try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try rig.scanner().scan(Array(number.utf8), aim: "]C0")
                    let scan = try await events.nextScan()
                    #expect(scan.resolution?.kind == .refused)
                    #expect(scan.data.isEmpty)
                }
            }
            return rig.log.text
        }
        #expect(!log.contains(number))
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
            let bytes = try? Data(contentsOf: URL(fileURLWithPath: directory.file(name)))
            #expect(bytes?.range(of: Data(number.utf8)) == nil, "\(name)")
        }
    }

    @Test("No name, phone, card or label stands in a file or in the log")
    func canaries() async throws {
        let directory = try TemporaryDirectory()
        let log = try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                _ = try await till.lanes.enter(lane: "1", code: SampleStore.kariCard)
                _ = try await till.customers.search(name: "Kari Nord")
                _ = try await till.customers.resolve(code: SampleStore.kariPhone)
            }
            return rig.log.text
        }
        let canaries = [
            "Nordås", "Kari", SampleStore.kariCard, String(SampleStore.kariPhone.dropFirst()), "kari.nordas",
        ]
        for canary in canaries {
            #expect(!log.contains(canary), "\(canary)")
            for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) where name != "edge.sock" {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: directory.file(name)))
                #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(canary) in \(name)")
            }
        }
    }
}
