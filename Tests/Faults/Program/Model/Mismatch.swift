/// Where a store's files and the plain model part.
struct Mismatch: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// - Throws: ``Mismatch`` when something is not as the model says.
func expect<Value: Equatable>(_ found: Value, is expected: Value, _ what: @autoclosure () -> String) throws {
    guard found == expected else { throw Mismatch("\(what()) is \(found), and should be \(expected)") }
}
