import CProtobufC

extension WireSchema {
    /// A packed message as a line of JSON. Fields that the `.proto` does not know are left out.
    /// - Throws: ``WireError`` when the bytes break protobuf's rules or one of `limits`.
    public func json(packed bytes: [UInt8], limits: WireLimits = .afterHello) throws(WireError) -> String {
        try bytes.withUnsafeBufferPointer { buffer throws(WireError) in
            let bytes = UnsafeRawBufferPointer(buffer)
            try WireCheck(limits).check(bytes, as: self)
            guard let cursor = WireCursor(bytes) else { return "{}" }
            return try JSONRendering.message(cursor, descriptor).text
        }
    }

    /// The bytes of the message that a JSON text describes.
    /// - Throws: ``WireError`` `jsonInvalid`, which says where; or another when the message breaks one of `limits`.
    public func packed(json text: String, limits: WireLimits = .afterHello) throws(WireError) -> [UInt8] {
        let packed = try JSONPacking.message(try JSONReader.read(text), descriptor, path: "")
        try packed.withUnsafeBufferPointer { buffer throws(WireError) in
            try WireCheck(limits).check(UnsafeRawBufferPointer(buffer), as: self)
        }
        return packed
    }
}
