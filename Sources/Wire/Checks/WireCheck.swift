import CProtobufC

/// Reads through a message's bytes before protobuf-c does, and refuses what protobuf-c would take wrongly or pay for
/// dearly (protobuf-c 1.4.1: no limit of depth or of memory, no check of UTF-8, strings cut at NUL, single messages that
/// come twice merged wrongly, tags of any length).
///
/// It goes over each byte a bounded number of times, keeps nothing, and needs no memory but its stack.
struct WireCheck {
    private let limits: WireLimits
    private var fieldsLeft: Int
    private var messagesLeft: Int

    init(_ limits: WireLimits) {
        self.limits = limits
        fieldsLeft = limits.fieldsMax
        messagesLeft = limits.messagesMax
    }

    /// - Throws: ``WireError``.
    func check(_ bytes: UnsafeRawBufferPointer, as schema: WireSchema) throws(WireError) {
        guard let cursor = WireCursor(bytes) else { return }
        var check = self
        try check.message(cursor, WireFieldTable(schema.descriptor), depth: 1)
    }

    private mutating func message(_ bytes: WireCursor, _ table: WireFieldTable, depth: Int) throws(WireError) {
        guard depth <= limits.depthMax else {
            throw WireError(.tooDeep, "Messages lie more than \(limits.depthMax) deep within each other.")
        }
        var cursor = bytes
        var messagesSeen: UInt64 = 0
        var valuesLeft = limits.valuesMax
        while !cursor.isAtEnd {
            fieldsLeft -= 1
            guard fieldsLeft >= 0 else {
                throw WireError(.tooManyFields, "A message has more than \(limits.fieldsMax) fields. Send it in parts.")
            }
            let tag = try cursor.tag()
            guard let field = table.field(tag.number) else {
                try cursor.skip(tag.type)
                continue
            }
            if field.pointee.label == PROTOBUF_C_LABEL_REPEATED {
                valuesLeft -= try repeated(field, tag.type, &cursor, depth: depth)
                guard valuesLeft >= 0 else {
                    throw WireError(
                        .tooManyValues, "A message has more than \(limits.valuesMax) repeated values. Send it in parts."
                    )
                }
            } else {
                if field.pointee.type == PROTOBUF_C_TYPE_MESSAGE {
                    let bit = table.bit(of: field)
                    guard messagesSeen & bit == 0 else {
                        throw WireError(.messageTwice, "Field \(tag.number) holds one message and came twice.")
                    }
                    messagesSeen |= bit
                }
                try value(field, tag.type, &cursor, depth: depth)
            }
        }
    }

    /// One value in its own wire type.
    @inline(__always)
    private mutating func value(
        _ field: UnsafePointer<ProtobufCFieldDescriptor>, _ type: WireType, _ cursor: inout WireCursor, depth: Int
    ) throws(WireError) {
        guard type == WireType(of: field.pointee.type) else {
            throw WireError(
                .wireTypeInvalid, "Field \(field.pointee.id) came with a wire type that its type does not have.")
        }
        switch field.pointee.type {
        case PROTOBUF_C_TYPE_STRING: try cursor.lengthDelimited().checkText()
        case PROTOBUF_C_TYPE_MESSAGE: try submessage(cursor.lengthDelimited(), field, depth: depth)
        default: try cursor.skip(type)
        }
    }

    /// One value of a repeated field, or many numbers packed into one.
    /// - Returns: how many values it were.
    private mutating func repeated(
        _ field: UnsafePointer<ProtobufCFieldDescriptor>, _ type: WireType, _ cursor: inout WireCursor, depth: Int
    ) throws(WireError) -> Int {
        let natural = WireType(of: field.pointee.type)
        if type == .lengthDelimited, natural != .lengthDelimited {
            return try cursor.lengthDelimited().countPacked(natural)
        }
        try value(field, type, &cursor, depth: depth)
        return 1
    }

    private mutating func submessage(
        _ bytes: WireCursor, _ field: UnsafePointer<ProtobufCFieldDescriptor>, depth: Int
    ) throws(WireError) {
        messagesLeft -= 1
        guard messagesLeft >= 0 else {
            throw WireError(
                .tooManyMessages, "More than \(limits.messagesMax) messages lie within one. Send them in parts.")
        }
        guard let descriptor = field.pointee.descriptor else { return }
        let table = WireFieldTable(descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self))
        try message(bytes, table, depth: depth + 1)
    }
}
