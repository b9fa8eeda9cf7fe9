/// One field as a message's list names it.
struct WireDeclaration: Equatable {
    enum Shape { case singular, optional, repeated, choice }

    let number: UInt32
    let name: String
    let kinds: WireKinds
    let shape: Shape
    /// The Swift type of one value.
    let type: any WireValue.Type

    static func == (one: Self, other: Self) -> Bool {
        one.number == other.number && one.name == other.name && one.kinds == other.kinds && one.shape == other.shape
    }
}
