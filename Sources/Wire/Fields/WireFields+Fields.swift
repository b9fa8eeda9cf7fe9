extension WireFields {
    /// A field that always has a value.
    @inline(__always)
    public mutating func field<Value: WireValue>(_ number: UInt32, _ name: StaticString, _ value: inout Value) {
        guard work != .declaring else { return declare(number, name, .singular, Value.self) }
        guard let slot = slot(number, Value.kinds) else { return }
        if let arena {
            value.store(slot.value, arena)
        } else {
            value = Value.load(slot.value)
        }
    }

    /// A field that may be absent: a message, or the one member of a oneof.
    @inline(__always)
    public mutating func field<Value: WireValue>(_ number: UInt32, _ name: StaticString, _ value: inout Value?) {
        guard work != .declaring else { return declare(number, name, .optional, Value.self) }
        guard let slot = slot(number, Value.kinds) else { return }
        if let arena {
            guard let value else { return }
            value.store(slot.value, arena)
            slot.markPresent()
        } else {
            value = slot.isPresent ? Value.load(slot.value) : nil
        }
    }

    /// A repeated field.
    @inline(__always)
    public mutating func field<Value: WireValue>(_ number: UInt32, _ name: StaticString, _ values: inout [Value]) {
        guard work != .declaring else { return declare(number, name, .repeated, Value.self) }
        guard let slot = slot(number, Value.kinds, repeated: true) else { return }
        if let arena {
            guard !values.isEmpty else { return }
            var place = arena.takeZeroed(values.count * Value.strideInC)
            slot.value.storeBytes(of: place, as: UnsafeMutableRawPointer?.self)
            slot.count = values.count
            for value in values {
                value.store(place, arena)
                place += Value.strideInC
            }
        } else if slot.count > 0, let first = slot.value.load(as: UnsafeRawPointer?.self) {
            values = (0..<slot.count).map { Value.load(first + $0 * Value.strideInC) }
        }
    }

    /// One member of a oneof with several. `make` and `take` turn the member into the choice and back.
    @inline(__always)
    public mutating func choice<Choice, Value: WireValue>(
        _ number: UInt32, _ name: StaticString, _ choice: inout Choice?, _ make: (Value) -> Choice,
        _ take: (Choice) -> Value?
    ) {
        guard work != .declaring else { return declare(number, name, .choice, Value.self) }
        guard let slot = slot(number, Value.kinds) else { return }
        if let arena {
            guard let value = choice.flatMap(take) else { return }
            value.store(slot.value, arena)
            slot.markPresent()
        } else if slot.isPresent {
            choice = make(Value.load(slot.value))
        }
    }
}
