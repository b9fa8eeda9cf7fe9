/// One JSON object on a line. The same name twice in an object is refused: others read it in different ways.
struct JSONRow {
    let root: JSONNode
    let line: Int
    private let bytes: ArraySlice<UInt8>

    /// - Parameter bytes: text in UTF-8, checked.
    init(_ bytes: ArraySlice<UInt8>, line: Int) throws(JSONFault) {
        self.bytes = bytes
        self.line = line
        root = try JSONLineParser.parse(bytes)
        guard case .object = root.value else { throw JSONFault(place: root.place, isObjectMissing: true) }
    }

    /// An object of an answer, in the place of a line.
    /// - Parameters:
    ///   - bytes: the whole answer.
    ///   - line: which of its objects it is, from 1.
    init(_ root: JSONNode, in bytes: ArraySlice<UInt8>, line: Int) {
        self.root = root
        self.bytes = bytes[max(bytes.startIndex, min(root.place, bytes.endIndex))...]
        self.line = line
    }

    /// The value at a path of names: the whole as one name, or each part within the one before.
    subscript(_ path: FieldPath) -> JSONNode? { root[path] }

    func rejection(_ node: JSONNode?, _ reason: RejectionReason) -> Rejection {
        guard let node else { return Rejection(line: line, column: 0, reason: reason) }
        let column = 1 + bytes[..<node.place].count { $0 & 0xC0 != 0x80 }
        return Rejection(line: line, column: column, reason: reason)
    }

    static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
