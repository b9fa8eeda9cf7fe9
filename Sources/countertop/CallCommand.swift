import ArgumentParser
import CountertopClient
import Foundation

struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Make any call of the protocol: JSON in, a line of JSON out for each message of the answer.",
        discussion: """
            countertop call --list
            countertop call Customers/Resolve --describe
            countertop call Customers/Resolve '{"identifier": {"type": "IDENTIFIER_TYPE_PHONE", "value": "99000001"}}'
            countertop call Lanes/Watch '{"lane": "1", "role": "WATCH_ROLE_OBSERVER"}'

            JSON is as protobuf maps it: bytes in base64, enumerations by name, 64-bit numbers as texts. Answers may hold \
            personal data. A call that the edge refuses ends with 64 and its status code (NOT_FOUND is 69), an edge that cannot \
            be reached with 78 (UNAVAILABLE), a request that is wrong before it is sent with 64.
            """)

    @Argument(
        help: "The call, with or without its package: Customers/Resolve.",
        completion: .list(WireCall.all.map(\.shortName)))
    var name: String?

    @Argument(help: "The request as JSON; \"-\" reads it from standard input. Without it the request is empty.")
    var json: String?

    @Flag(name: .long, help: "Print the calls there are, and end.")
    var list = false

    @Flag(name: .long, help: "Print the call's request and answer, and end.")
    var describe = false

    @Option(name: .long, help: "Seconds after which the answer is of no use.")
    var deadline: Double?

    @Option(
        name: .long,
        help:
            "An operation id in hexadecimal, 1 to 64 bytes: the call made again with the same one is carried out once.")
    var operation: String?

    @OptionGroup var options: EdgeOptions

    func validate() throws {
        if !list, name == nil { throw ValidationError("Name a call. \"countertop call --list\" prints them.") }
        if let deadline, !(0.001...86_400).contains(deadline) {
            throw ValidationError("A deadline is between 0.001 and 86400 seconds.")
        }
        if let operation, operationID == nil {
            throw ValidationError("'\(operation)' is no operation id. Write 1 to 64 bytes in hexadecimal: 0a1b2c3d.")
        }
    }

    func run() async throws {
        guard !list else {
            for call in WireCall.all { Terminal.line(call.shortName + (call.isStream ? " (stream)" : "")) }
            return
        }
        guard let name, let call = WireCall.named(name) else {
            throw ValidationError("There is no call \(name ?? ""). \"countertop call --list\" prints those there are.")
        }
        guard !describe else {
            for line in CallText(call).lines { Terminal.line(line) }
            return
        }
        let body = try request(of: call)
        do {
            try await options.withEdge { try await make(call, body, on: $0) }
        } catch let error as CountertopError {
            Terminal.complain("\(error)")
            throw ExitCode(Self.statusBase + Int32(clamping: error.code.rawValue))
        }
    }

    private var operationID: OperationID? {
        guard let digits = operation?.utf8, digits.count % 2 == 0, (2...128).contains(digits.count) else { return nil }
        let pairs = stride(from: 0, to: digits.count, by: 2).map { String(operation?.dropFirst($0).prefix(2) ?? "") }
        let bytes = pairs.compactMap { pair in pair.allSatisfy(\.isHexDigit) ? UInt8(pair, radix: 16) : nil }
        return bytes.count == pairs.count ? OperationID(bytes: bytes) : nil
    }

    /// A refused call ends with this and its status code, as grpcurl's do.
    private static let statusBase: Int32 = 64

    private func make(_ call: WireCall, _ body: [UInt8], on edge: CountertopConnection) async throws {
        let deadline = deadline.map { Duration.seconds($0) }
        if call.isStream {
            try await edge.packedStream(call.name, body: body, operation: operationID, deadline: deadline) {
                try print($0, of: call)
            }
        } else {
            let usual = CountertopConnection.callDeadline
            let answer = try await edge.packedCall(
                call.name, body: body, operation: operationID, deadline: deadline ?? usual)
            try print(answer, of: call)
        }
    }

    private func print(_ body: [UInt8], of call: WireCall) throws {
        // Nobody reads any more: the stream ends, and with it a lane that it holds.
        guard Terminal.hasReader(of: try call.answer.json(packed: body) + "\n") else { throw ExitCode.success }
    }

    private func request(of call: WireCall) throws -> [UInt8] {
        var text = json ?? "{}"
        if text == "-" {
            let data = try FileHandle.standardInput.readToEnd() ?? Data()
            text = String(decoding: data, as: UTF8.self)
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("The request is no JSON, but empty. Leave it out, or write {} for an empty one.")
        }
        do {
            return try call.request.packed(json: text)
        } catch {
            throw ValidationError("\(error) \"countertop call \(call.shortName) --describe\" prints what it takes.")
        }
    }
}
