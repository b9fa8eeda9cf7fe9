@testable import Wire

/// What must hold for any bytes at all. The fuzzers look for bytes for which it does not, and the tests replay what they
/// found and began with.
enum WireProperties {
    /// Inputs up to this long are cut at every byte as well.
    private static let everyByteMax = 128

    /// A connection's bytes are understood the same however they are cut, by either side. The first byte says how.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func framesDoNotDependOnCuts(_ input: [UInt8]) -> String? {
        guard let size = input.first.map({ max(1, Int($0)) }) else { return nil }
        let bytes = Array(input.dropFirst())
        return cutsChangeNothing(bytes, size, conversation) ?? cutsChangeNothing(bytes, size, clientConversation)
    }

    private static func cutsChangeNothing<Action: Equatable>(
        _ bytes: [UInt8], _ size: Int, _ conversation: ([[UInt8]]) -> [Action]
    ) -> String? {
        let whole = conversation([bytes])
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        for cut in [chunks, bytes.map { [$0] }] where conversation(cut) != whole {
            return "in pieces of \(cut.first?.count ?? 0) bytes: \(conversation(cut)), in one: \(whole)"
        }
        guard bytes.count <= everyByteMax else { return nil }
        for place in bytes.indices where conversation([Array(bytes[..<place]), Array(bytes[place...])]) != whole {
            return "cut at byte \(place), not as in one: \(whole)"
        }
        return nil
    }

    /// What unpacks is packed to bytes that unpack to the same, and protobuf-c takes all that the checks let pass. The
    /// first byte says which message it is.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func messagesSurvive(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let type = EveryMessage.types[Int(choice) % EveryMessage.types.count]
        return messageSurvives(type, Array(input.dropFirst()))
    }

    /// A message becomes JSON that becomes the same message, and a text that is taken becomes bytes that become JSON that
    /// becomes the same bytes. The first byte says which message it is.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func jsonSurvives(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let type = EveryMessage.types[Int(choice) % EveryMessage.types.count]
        let rest = Array(input.dropFirst())
        return jsonOfBytesSurvives(type, rest) ?? jsonTextSurvives(type.schema, String(decoding: rest, as: UTF8.self))
    }

    private static func jsonOfBytesSurvives<Packed: WireMessage>(_ type: Packed.Type, _ bytes: [UInt8]) -> String? {
        var limits = WireLimits.afterHello
        limits.unpackedBytesMax = .max
        guard let message = try? Packed(packed: bytes, limits: limits) else { return nil }
        do throws(WireError) {
            let json = try type.schema.json(packed: bytes)
            guard json.utf8.count <= JSONLimits.textBytesMax else { return nil }
            let again = try Packed(packed: try type.schema.packed(json: json), limits: limits)
            return again == message ? nil : "\(type) came back as another by \(json)"
        } catch {
            return "\(type): \(error)"
        }
    }

    private static func jsonTextSurvives(_ schema: WireSchema, _ text: String) -> String? {
        guard let packed = try? schema.packed(json: text) else { return nil }
        do throws(WireError) {
            let json = try schema.json(packed: packed)
            return try schema.packed(json: json) == packed ? nil : "\(text) came back as another by \(json)"
        } catch {
            return "\(schema.name): \(error)"
        }
    }

    private static func messageSurvives<Packed: WireMessage>(_ type: Packed.Type, _ bytes: [UInt8]) -> String? {
        var limits = WireLimits.afterHello
        limits.unpackedBytesMax = .max
        do throws(WireError) {
            let message = try Packed(packed: bytes, limits: limits)
            let again = try Packed(packed: message.packed(), limits: limits)
            return again == message ? nil : "\(type) came back as another"
        } catch {
            return error.code == .outOfBudget ? "\(type) passed the checks and protobuf-c refused it" : nil
        }
    }

    /// What a client with two open requests makes of an edge's bytes.
    private static func clientConversation(_ chunks: [[UInt8]]) -> [ClientAction] {
        var connection = ClientConnection(
            hello: Hello(versionMin: 1, versionMax: 1, features: WireFeature.all), limits: ConnectionLimits(),
            now: .zero)
        var actions: [ClientAction] = []
        connection.start(into: &actions)
        for _ in 0..<2 { _ = connection.request("C", body: [1], now: .zero, into: &actions) }
        var reader = FrameReader(limits: connection.frameLimits)
        for chunk in chunks {
            chunk.withUnsafeBytes { bytes in
                var rest = bytes
                do throws(WireError) {
                    while let frame = try reader.next(from: &rest) {
                        connection.receive(frame, now: .zero, into: &actions)
                        reader.limits = connection.frameLimits
                    }
                } catch {
                    connection.fail(error, into: &actions)
                }
            }
        }
        return actions
    }

    private static func conversation(_ chunks: [[UInt8]]) -> [ServerAction] {
        let greeting = ServerGreeting(edge: "e", store: "s")
        var connection = ServerConnection(greeting: greeting, now: .zero)
        var reader = FrameReader(limits: connection.frameLimits)
        var actions: [ServerAction] = []
        for chunk in chunks {
            chunk.withUnsafeBytes { bytes in
                var rest = bytes
                do throws(WireError) {
                    while let frame = try reader.next(from: &rest) {
                        connection.receive(frame, now: .zero, into: &actions)
                        reader.limits = connection.frameLimits
                    }
                } catch {
                    connection.fail(error, into: &actions)
                }
            }
        }
        return actions
    }
}
