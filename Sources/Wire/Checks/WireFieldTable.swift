import CProtobufC

/// The fields of a message by their numbers.
struct WireFieldTable {
    private let fields: UnsafePointer<ProtobufCFieldDescriptor>?
    private let count: Int

    /// The most fields a message may have: one bit of a word each. The tests hold the `.proto` files to it.
    static let fieldsMax = 64

    @inline(__always)
    init(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) {
        fields = descriptor.pointee.fields
        count = Int(descriptor.pointee.n_fields)
    }

    /// The field with this number. Numbers usually begin at 1 and have no gaps, so the first guess is mostly right.
    @inline(__always)
    func field(_ number: UInt32) -> UnsafePointer<ProtobufCFieldDescriptor>? {
        guard let fields else { return nil }
        let guess = Int(number) - 1
        if guess < count, fields[guess].id == number { return fields + guess }
        return (0..<min(count, guess)).first { fields[$0].id == number }.map { fields + $0 }
    }

    /// The field's bit in a word with one bit for each field.
    @inline(__always)
    func bit(of field: UnsafePointer<ProtobufCFieldDescriptor>) -> UInt64 {
        guard let fields else { return 0 }
        return 1 << UInt64((field - fields) % Self.fieldsMax)
    }
}
