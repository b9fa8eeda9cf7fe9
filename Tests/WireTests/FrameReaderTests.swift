import Testing

@testable import Wire

@Suite struct FrameReaderTests {
    /// Frames and their end, as one reading of a connection's bytes gives them.
    struct Reading: Equatable {
        var frames: [Frame] = []
        var error: WireError?
    }

    static let frames: [Frame] = [
        Frame(kind: .hello(Hello(versionMin: 1, versionMax: 1, features: ["a", "b"], client: "kassa/4.2"))),
        Frame(
            stream: 1, kind: .request(Request(call: "countertop.v1.Customers/Resolve", body: [8, 1], deadlineMs: 200))),
        Frame(), Frame(stream: 1, kind: .cancel(Cancel())), Frame(kind: .ping(Ping(token: .max))),
        Frame(stream: 300, kind: .message(Message(body: [UInt8](repeating: 7, count: 200), last: true))),
        Frame(kind: .goodbye(Goodbye(lastStream: 1, reason: "SHUTTING_DOWN", message: "Good night."))),
    ]

    static let inputs: [String: [UInt8]] = [
        "frames": frames.flatMap { PackedFrame($0).bytes },
        "nothing": [],
        "empty frames": [0, 0, 0, 0, 0, 0, 0, 0],
        "a length cut off": PackedFrame(frames[0]).bytes + [0, 0],
        "a frame cut off": PackedFrame(frames[0]).bytes + [0, 0, 0, 9, 8],
        "a long frame": PackedFrame(frames[4]).bytes + [0, 1, 0, 1] + [UInt8](repeating: 0, count: 40),
        "the longest length": [0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3],
        "garbage": PackedFrame(frames[3]).bytes + [0, 0, 0, 3, 0xFF, 0xFF, 0xFF] + PackedFrame(frames[4]).bytes,
        "text on the wrong port": Array("GET / HTTP/1.1\r\nHost: edge\r\n\r\n".utf8),
        "bad text": [0, 0, 0, 7, 0x12, 5, 0x22, 3, 0x61, 0xFF, 0x62],
    ]

    @Test("What is read does not depend on how the bytes are cut", arguments: inputs.keys.sorted())
    func readsAnyCut(name: String) throws {
        let input = try #require(Self.inputs[name])
        let whole = read([input])
        for cut in 0...input.count {
            #expect(read([Array(input[..<cut]), Array(input[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(read(input.map { [$0] }) == whole)
        for size in [2, 3, 5, 7, 64] {
            let chunks = stride(from: 0, to: input.count, by: size).map {
                Array(input[$0..<min($0 + size, input.count)])
            }
            #expect(read(chunks) == whole, "chunks of \(size)")
        }
    }

    @Test(
        "Who speaks another protocol is told so",
        arguments: [
            ("GET / HTTP/1.1", "HTTP"), ("PRI * HTTP/2.0", "HTTP"), ("\u{16}\u{3}\u{1}\u{2}", "TLS"),
        ])
    func namesOtherProtocols(text: String, protocolName: String) {
        let error = read([Array(text.utf8)]).error
        #expect(error?.code == .frameTooLong)
        #expect(
            error?.message.hasPrefix("Not a Countertop client: these are the first bytes of \(protocolName)") == true)
    }

    @Test("Frames come out as they were sent")
    func readsFrames() throws {
        #expect(read([Self.inputs["frames"] ?? []]) == Reading(frames: Self.frames))
        #expect(read([Self.inputs["empty frames"] ?? []]) == Reading(frames: [Frame(), Frame()]))
    }

    @Test("The longest frame is taken, and one byte more is refused by its length alone", arguments: [99, 100, 101])
    func boundsFrames(length: Int) {
        var limits = WireLimits.beforeHello
        limits.frameBytesMax = 100
        var reader = FrameReader(limits: limits)
        #expect(next(&reader, [0, 0, 0, UInt8(length)])?.code == (length <= 100 ? nil : .frameTooLong))
        var fields = ProtobufWriter()
        fields.field(15, [UInt8](repeating: 0xFF, count: length - 2))
        #expect(next(&reader, fields.bytes)?.code == (length <= 100 ? nil : .frameTooLong))
    }

    @Test("Limits that are set between two frames hold from the next one on")
    func changesLimits() throws {
        var small = WireLimits.beforeHello
        small.frameBytesMax = 20
        let first = PackedFrame(Frame(kind: .ping(Ping(token: 1)))).bytes
        let second = PackedFrame(Frame(stream: 1, kind: .message(Message(body: [UInt8](repeating: 1, count: 50)))))
            .bytes
        var reader = FrameReader(limits: small)
        try (first + second).withUnsafeBytes { bytes in
            var rest = bytes
            let ping = try reader.next(from: &rest)
            reader.limits = .afterHello
            let message = try reader.next(from: &rest)
            #expect(ping?.kind == .ping(Ping(token: 1)))
            #expect(message?.stream == 1)
            #expect(rest.isEmpty)
        }
    }

    @Test("After an error nothing is read any more")
    func staysFailed() {
        var reader = FrameReader(limits: .beforeHello)
        #expect(next(&reader, [0xFF, 0, 0, 0])?.code == .frameTooLong)
        #expect(next(&reader, PackedFrame(Frame()).bytes)?.code == .frameTooLong)
    }

    private func next(_ reader: inout FrameReader, _ bytes: [UInt8]) -> WireError? {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes
            do throws(WireError) {
                while try reader.next(from: &rest) != nil {}
                return nil
            } catch {
                return error
            }
        }
    }

    private func read(_ chunks: [[UInt8]]) -> Reading {
        var reading = Reading()
        var reader = FrameReader(limits: .afterHello)
        for chunk in chunks {
            chunk.withUnsafeBytes { bytes in
                var rest = bytes
                do throws(WireError) {
                    while let frame = try reader.next(from: &rest) { reading.frames.append(frame) }
                } catch {
                    reading.error = error
                }
            }
        }
        return reading
    }
}
