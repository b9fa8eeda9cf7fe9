import CProtobufC

/// protobuf-c keeps a string as a C string.
extension String: WireValue {
    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_STRING) }
    public static var strideInC: Int { MemoryLayout<UnsafePointer<CChar>?>.stride }

    public static func load(_ memory: UnsafeRawPointer) -> String {
        guard let text = memory.load(as: UnsafePointer<CChar>?.self), text.pointee != 0 else { return "" }
        return String(cString: text)
    }

    /// A NUL would end the C string early, so it goes out as U+FFFD, the replacement character.
    public func store(_ memory: UnsafeMutableRawPointer, _ arena: WireArena) {
        var text = self
        let stored: UnsafeMutableRawPointer? = text.withUTF8 { bytes in
            guard !bytes.contains(0) else { return nil }
            let copy = arena.take(bytes.count + 1)
            if let base = bytes.baseAddress { copy.copyMemory(from: base, byteCount: bytes.count) }
            copy.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
            return copy
        }
        if let stored {
            memory.storeBytes(of: stored, as: UnsafeMutableRawPointer?.self)
        } else {
            String(map { $0 == "\0" ? "\u{FFFD}" : $0 }).store(memory, arena)
        }
    }
}

extension [UInt8]: WireValue {
    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_BYTES) }
    public static var strideInC: Int { MemoryLayout<ProtobufCBinaryData>.stride }

    public static func load(_ memory: UnsafeRawPointer) -> [UInt8] {
        let bytes = memory.load(as: ProtobufCBinaryData.self)
        return Array(UnsafeBufferPointer(start: bytes.data, count: bytes.len))
    }

    public func store(_ memory: UnsafeMutableRawPointer, _ arena: WireArena) {
        withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, bytes.count > 0 else { return }
            let copy = arena.take(bytes.count)
            copy.copyMemory(from: base, byteCount: bytes.count)
            let data = ProtobufCBinaryData(len: bytes.count, data: copy.assumingMemoryBound(to: UInt8.self))
            memory.storeBytes(of: data, as: ProtobufCBinaryData.self)
        }
    }
}
