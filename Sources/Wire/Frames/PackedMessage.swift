import CProtobufC

/// One message of a stream's answer, packed once for any number of streams. Copies share their bytes.
package struct PackedMessage: Sendable, Equatable {
    /// Whether it ends its stream well: no status follows.
    package let isLast: Bool
    /// The packed Frame that carries it, but for the stream's number.
    let content: [UInt8]

    /// Packs `message` where it lies in its frame, so that nothing is packed or copied twice.
    package init(_ message: some WireMessage, isLast: Bool) {
        var content: [UInt8] = []
        WireArena.lend(budgetBytes: .max) { arena in
            let body = message.inC(arena)
            let frame = MessageFrame(bodyByteCount: protobuf_c_message_get_packed_size(body), isLast: isLast)
            content = [UInt8](unsafeUninitializedCapacity: frame.byteCount) { bytes, count in
                let place = frame.write(around: UnsafeMutableRawBufferPointer(bytes))
                protobuf_c_message_pack(body, place)
                count = frame.byteCount
            }
        }
        self.isLast = isLast
        self.content = content
    }

    /// Puts the frame around a message that was packed before.
    package init(packed body: [UInt8], isLast: Bool) {
        let frame = MessageFrame(bodyByteCount: body.count, isLast: isLast)
        content = [UInt8](unsafeUninitializedCapacity: frame.byteCount) { bytes, count in
            let place = frame.write(around: UnsafeMutableRawBufferPointer(bytes))
            body.withUnsafeBufferPointer {
                if let start = $0.baseAddress { place?.update(from: start, count: $0.count) }
            }
            count = frame.byteCount
        }
        self.isLast = isLast
    }

    /// The frame that carries it on a stream.
    package func frame(on stream: UInt32) -> PackedFrame {
        PackedFrame(stream: stream, content: content)
    }
}
