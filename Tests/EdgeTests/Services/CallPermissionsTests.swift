import CountertopClient
import Foundation
import Testing
import Transport
import Wire

@testable import Edge

@Suite struct CallPermissionsTests {
    /// Every call of the `.proto` files.
    private static func calls() throws -> [(name: String, request: String)] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Protos/countertop/v1")
        var calls: [(String, String)] = []
        for file in try FileManager.default.contentsOfDirectory(
            at: folder.standardized, includingPropertiesForKeys: nil)
        {
            var service = ""
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.first == "service" { service = String(words[1]) }
                guard let call = line.firstMatch(of: /^  rpc (\w+)\((\w+)\)/) else { continue }
                calls.append(("\(service)/\(call.1)", String(call.2)))
            }
        }
        return calls.sorted { $0.0 < $1.0 }
    }

    @Test("The table names every call there is, and no other")
    func complete() throws {
        #expect(try Self.calls().map(\.name) == CallPermissions.needs.keys.sorted())
    }

    @Test("Each call is for the roles of the table and for administrators, and refuses the others with its reason")
    func roles() throws {
        for (call, _) in try Self.calls() {
            let need = try #require(CallPermissions.needs[call])
            for role in Caller.Role.allCases {
                var refusal: Status?
                do throws(Status) {
                    try CallPermissions.rule("countertop.v1.\(call)").check(Caller(role, id: "x", lane: "1"))
                } catch {
                    refusal = error
                }
                let isAllowed = role == .administrator || need.roles.contains(role)
                let expected = isAllowed ? nil : role == .stranger ? "IDENTITY_NEEDED" : "ROLE_INSUFFICIENT"
                #expect(refusal?.reason == expected, "\(call) by \(role)")
                let code: StatusCode = role == .stranger ? .unauthenticated : .permissionDenied
                if !isAllowed { #expect(refusal?.statusCode == code) }
            }
        }
    }

    @Test("A call that nobody put into the table is an administrator's alone")
    func unknown() {
        let rule = CallPermissions.rule("countertop.v1.Future/Call")
        #expect(reason(rule, Caller(.till, id: "x")) == "ROLE_INSUFFICIENT")
        #expect(reason(rule, .local) == nil)
    }

    private func reason(_ rule: CallRule, _ caller: Caller) -> String? {
        do throws(Status) {
            try rule.check(caller)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("What names a lane is for the till of that lane, for tills without one, and for who may go everywhere")
    func lanes() {
        func refusal(_ call: String, _ caller: Caller) -> String? {
            do throws(Status) {
                try CallPermissions.rule("countertop.v1.\(call)").check(caller, lane: "2")
                return nil
            } catch {
                return error.reason
            }
        }
        #expect(refusal("Lanes/Watch", Caller(.till, id: "x", lane: "1")) == "LANE_OF_OTHERS")
        #expect(refusal("Lanes/Watch", Caller(.till, id: "x", lane: "2")) == nil)
        #expect(refusal("Lanes/Watch", Caller(.till, id: "x")) == nil)
        #expect(refusal("Lanes/Watch", Caller(.display, id: "x", lane: "1")) == "LANE_OF_OTHERS")
        #expect(refusal("Lanes/Show", Caller(.till, id: "x", lane: "1")) == "LANE_OF_OTHERS")
        #expect(refusal("Lanes/Show", Caller(.technician, id: "x", lane: "1")) == nil)
    }

    @Test("Every request that names a lane is known to name one")
    func laneRequests() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
            .standardized
        let known = try String(
            contentsOf: folder.appending(path: "Sources/Wire/Messages/Lanes/LaneRequest.swift"), encoding: .utf8)
        let lanes = try String(contentsOf: folder.appending(path: "Protos/countertop/v1/lanes.proto"), encoding: .utf8)
        for (call, request) in try Self.calls() where call.hasPrefix("Lanes/") {
            let body = lanes.components(separatedBy: "message \(request) {").dropFirst().first?.components(
                separatedBy: "\n}")[0]
            guard body?.contains("string lane = ") == true else { continue }
            #expect(known.contains("extension \(request): LaneRequest {}"), "\(request)")
        }
    }

    @Test("Over real connections: a till's lane, a display that looks on, a technician who sees no customers")
    func real() async throws {
        try await NetworkRig.with { rig in
            let till = try await rig.pair().credentials
            try await rig.withPaired(till) { edge in
                #expect(await refusalOf { try await edge.lanes.openBasket(lane: "2", basket: "b") } == "LANE_OF_OTHERS")
                #expect(await refusalOf { try await edge.lanes.openBasket(lane: "1", basket: "b") } == "")
                #expect(await refusalOf { _ = try await edge.tills.list() } == "ROLE_INSUFFICIENT")
                let lanes = try await edge.lanes.list()
                #expect(lanes.map(\.name) == ["1"])
            }
            let display = try await rig.pair(role: .display).credentials
            try await rig.withPaired(display) { edge in
                #expect(await refusalOf { _ = try await edge.customers.resolve(code: "x") } == "ROLE_INSUFFICIENT")
                let watching = await refusalOf {
                    try await edge.withLane("1", role: .takeOver) { lane in
                        for try await _ in lane { return }
                    }
                }
                #expect(watching == "ROLE_INSUFFICIENT")
                try await edge.withLane("1", role: .observer) { lane in
                    for try await _ in lane { return }
                }
            }
            let technician = try await rig.pair(lane: "", role: .technician).credentials
            try await rig.withPaired(technician) { edge in
                let lanes = try await edge.lanes.list()
                #expect(lanes.map(\.name) == ["1", "2"])
                _ = try await edge.devices.list()
                #expect(
                    await refusalOf {
                        try await edge.withLane("1", role: .observer) { for try await _ in $0 { return } }
                    } == "ROLE_INSUFFICIENT")
            }
        }
    }

    private func refusalOf(_ body: () async throws -> Void) async -> String { await refusal(of: body) }
}
