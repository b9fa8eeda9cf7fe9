import Foundation
import TestServers
import Testing

@testable import Cards

@Suite struct SMSGatewayTests {
    private func error(
        _ desk: MessageDesk, _ misdeed: String = "", to number: String = "+4741234567",
        _ change: (inout SMSGateway.Settings) -> Void = { _ in }
    ) async throws -> CardsError? {
        var settings = desk.sms
        change(&settings)
        let gateway = SMSGateway(settings, timeout: .seconds(3))
        if !misdeed.isEmpty { try await desk.server.misbehave(misdeed) }
        do throws(CardsError) {
            try await gateway.send(.to(number))
            await gateway.close()
            return nil
        } catch {
            await gateway.close()
            return error
        }
    }

    @Test("A message reaches a strict gateway as JSON and as a form, each field once")
    func taken() async throws {
        let desk = try await MessageDesk()
        #expect(try await error(desk) == nil)
        try await desk.server.setState(["form": true])
        #expect(try await error(desk) { $0.format = .form } == nil)
        let sms = try await desk.books.sms
        let text = CardMessage.to("").text
        let whole = ["to": "+4741234567", "text": text, "from": "Store", "reference": "card-1"]
        #expect(sms == [whole, whole])
    }

    @Test(
        "A gateway that cannot now is tried again",
        arguments: [
            "status:500", "status:503", "later:429,120", "half", "hang", "redirect", "status:401", "other_shape:403",
            "garbage",
            "shape", "slow:60",
        ])
    func unavailable(_ misdeed: String) async throws {
        let desk = try await MessageDesk()
        let error = try await error(desk, misdeed)
        #expect(error?.code == .unavailable)
        if misdeed.hasPrefix("later") { #expect(error?.retryAfter == .seconds(120)) }
        #expect(error?.description.contains("41234567") == false)
        #expect(error?.description.contains("t0ken") == false)
    }

    @Test("A number that the gateway refuses, and a refusal within an answer of 200, are for good")
    func refused() async throws {
        let desk = try await MessageDesk()
        #expect(try await error(desk, to: "41234567")?.code == .refused)
        #expect(try await error(desk, "rejected")?.code == .refused)
    }

    @Test("A gateway whose certificate nobody knows is told nothing, and is tried again")
    func untrusted() async throws {
        let desk = try await MessageDesk(tls: true)
        let error = try await error(desk)
        #expect(error?.code == .unavailable && error?.message.contains("cannot prove who it is") == true)
        #expect(try await desk.server.requests().isEmpty)
    }

    @Test("A gateway that is down, and one that is nowhere, are tried again")
    func down() async throws {
        let desk = try await MessageDesk()
        try await desk.server.setDown(true)
        #expect(try await error(desk)?.code == .unavailable)
        try await desk.server.setDown(false)
        #expect(try await error(desk) { $0.url = "http://127.0.0.1:1/messages" }?.code == .unavailable)
        #expect(try await error(desk) == nil)
    }
}
