import CCountertopProtos
import CProtobufC

/// One message of a stream's answer, packed once for any number of streams. Copies share their bytes.
package struct PackedMessage: Sendable, Equatable {
    /// Whether it ends its stream well: no status follows.
    package let isLast: Bool
    /// The packed Frame that carries it, but for the stream's number.
    let content: [UInt8]

    /// Packs `message` and its frame around it in one go, with no copy of the message in between but protobuf-c's own.
    package init(_ message: some WireMessage, isLast: Bool) {
        var content: [UInt8] = []
        WireArena.lend(budgetBytes: .max) { arena in
            let body = message.inC(arena)
            let count = protobuf_c_message_get_packed_size(body)
            let bytes = arena.take(count).assumingMemoryBound(to: UInt8.self)
            protobuf_c_message_pack(body, bytes)
            content = Self.framed(ProtobufCBinaryData(len: count, data: bytes), isLast: isLast)
        }
        self.isLast = isLast
        self.content = content
    }

    private static func framed(_ body: ProtobufCBinaryData, isLast: Bool) -> [UInt8] {
        var message = Countertop__V1__Message()
        countertop__v1__message__init(&message)
        message.body = body
        message.last = isLast ? 1 : 0
        return withUnsafeMutablePointer(to: &message) { message in
            var frame = Countertop__V1__Frame()
            countertop__v1__frame__init(&frame)
            frame.kind_case = COUNTERTOP__V1__FRAME__KIND_MESSAGE
            frame.message = message
            return withUnsafePointer(to: &frame.base) { frame in
                [UInt8](unsafeUninitializedCapacity: protobuf_c_message_get_packed_size(frame)) { bytes, count in
                    count = protobuf_c_message_pack(frame, bytes.baseAddress)
                }
            }
        }
    }

    /// The frame that carries it on a stream.
    package func frame(on stream: UInt32) -> PackedFrame {
        PackedFrame(stream: stream, content: content)
    }
}
