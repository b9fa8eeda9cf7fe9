import Foundation
import Testing

/// `countertop call` against an edge that runs, as a person uses it.
@Suite struct CallCommandTests {
    @Test("JSON goes in, and a line of JSON comes out for each message; the edge's refusals are statuses")
    func calls() async throws {
        try await CallStore.with { store in
            let kari = #"{"identifier": {"type": "IDENTIFIER_TYPE_PHONE", "value": "99000001"}}"#
            let resolve = try await store.call(["Customers/Resolve", kari])
            #expect(resolve.status == 0, "\(resolve.errors)")
            #expect(resolve.output.hasPrefix(#"{"kind":"RESOLUTION_KIND_CUSTOMER","#))
            #expect(resolve.output.split(separator: "\n").count == 1)
            let refused = try await store.call(["countertop.v1.Customers/Get", #"{"id":"nobody"}"#])
            #expect(refused.status == 64 + 5 && refused.output == "")
            #expect(refused.errors.hasPrefix("NOT_FOUND CUSTOMER_UNKNOWN: "))
            let wrong = try await store.call(["Customers/Get", #"{"ids":"nobody"}"#])
            #expect(wrong.status == 64 && wrong.errors.contains("ids is no field of GetCustomerRequest"))
        }
    }

    @Test("A code entered twice under one operation id is one scan")
    func operation() async throws {
        try await CallStore.with { store in
            let code = Data("X-1".utf8).base64EncodedString()
            let enter = ["Lanes/Enter", #"{"lane":"1","data":"\#(code)"}"#, "--operation", "0a1b2c3d"]
            let (first, again) = (try await store.call(enter), try await store.call(enter))
            #expect(first.status == 0 && again.output == first.output, "\(first.errors)\(again.errors)")
            let wrong = try await store.call(["Lanes/Enter", "{}", "--operation", "0a1"])
            #expect(wrong.status == 64 && wrong.errors.contains("'0a1' is no operation id"))
        }
    }

    @Test("A stream prints as its messages come, until its deadline")
    func streams() async throws {
        try await CallStore.with { store in
            let arguments = [
                "call", "Lanes/Watch", #"{"lane":"1","role":"WATCH_ROLE_OBSERVER"}"#, "--edge", store.socket,
            ]
            let watch = try RunningProgram(arguments)
            await watch.waitFor(output: #"{"lane":{"name":"1""#)
            let code = Data("CU00000KARINORDAS".utf8).base64EncodedString()
            let enter = try await store.call(["Lanes/Enter", #"{"lane":"1","data":"\#(code)"}"#])
            #expect(enter.status == 0, "\(enter.errors)")
            await watch.waitFor(output: #"{"scan":{"#)
            store.edge.terminate()
            #expect(await watch.status() == 64 + 14)
            #expect(watch.errors().hasPrefix("UNAVAILABLE SHUTTING_DOWN: "))
        }
    }

    @Test("Without an edge it lists and describes every call, and says that none can be reached")
    func describes() async throws {
        let list = try await Program.run(["call", "--list"])
        #expect(list.output.contains("Lanes/Watch (stream)\n"))
        let describe = try await Program.run(["call", "Lanes/CloseBasket", "--describe"])
        #expect(describe.output.contains("closing  Closing") && describe.output.contains("BASKET_OUTCOME_PAID"))
        let nobody = try await Program.run(["call", "Health/Check", "--edge", "/tmp/no-edge-here.sock"])
        #expect(nobody.status == 64 + 14 && nobody.errors.hasPrefix("UNAVAILABLE CONNECT_FAILED: "))
        #expect(try await Program.run(["call", "Health/Juggle"]).status == 64)
    }
}
