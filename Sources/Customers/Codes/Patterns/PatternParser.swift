/// Reads a pattern's text; see ``CodePattern``.
struct PatternParser {
    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0
    private var hasValue = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func pattern() throws(CodePattern.Fault) -> PatternNode {
        guard bytes.count <= CustomersLimits.patternBytesMax else {
            throw CodePattern.Fault(
                place: 1, words: "it is longer than \(CustomersLimits.patternBytesMax) bytes: write a shorter one")
        }
        guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw CodePattern.Fault(
                place: 1 + (bytes.firstIndex { !(0x20...0x7E).contains($0) } ?? 0),
                words: "only the signs of ASCII can stand in it: write . for another one")
        }
        if next == UInt8(ascii: "^") { place += 1 }
        let node = try choice()
        if next == UInt8(ascii: "$") { place += 1 }
        guard let next else { return node }
        let isClosing = next == UInt8(ascii: ")")
        throw fault(isClosing ? "a ) closes no group: write \\) for the sign" : "nothing can follow here")
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func fault(_ words: String, at place: Int? = nil) -> CodePattern.Fault {
        CodePattern.Fault(place: 1 + (place ?? self.place), words: words)
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "|") || byte == UInt8(ascii: ")")
            || (byte == UInt8(ascii: "$") && place == bytes.count - 1 && depth == 0)
    }

    private mutating func choice() throws(CodePattern.Fault) -> PatternNode {
        var branches = [try sequence()]
        while next == UInt8(ascii: "|") {
            place += 1
            branches.append(try sequence())
        }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(CodePattern.Fault) -> PatternNode {
        var parts: [PatternNode] = []
        while let byte = next, !isEnd(byte) { parts.append(try repeats(of: try atom())) }
        return .sequence(parts)
    }

    private mutating func atom() throws(CodePattern.Fault) -> PatternNode {
        let start = place
        guard let byte = next else { throw fault("the pattern ends too early") }
        place += 1
        switch byte {
        case UInt8(ascii: "("): return try group(from: start)
        case UInt8(ascii: "["): return .bytes(try set(from: start))
        case UInt8(ascii: "\\"): return .bytes(try escaped())
        case UInt8(ascii: "."): return .bytes(.all)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
            throw fault("there is nothing in front of it to repeat: write \\ before the sign itself", at: start)
        case UInt8(ascii: "^"), UInt8(ascii: "$"):
            throw fault("it stands at the ends of a pattern alone: write \\ before the sign itself", at: start)
        default: return .bytes(PatternSet([byte]))
        }
    }

    private mutating func group(from start: Int) throws(CodePattern.Fault) -> PatternNode {
        var isValue = true
        if next == UInt8(ascii: "?") {
            guard bytes[place...].starts(with: Array("?:".utf8)) else {
                throw fault("groups that look ahead or have a name are not known: write ( or (?:", at: start)
            }
            place += 2
            isValue = false
        }
        guard depth < CustomersLimits.patternDepthMax else {
            throw fault("groups stand in groups more than \(CustomersLimits.patternDepthMax) deep", at: start)
        }
        if isValue {
            guard !hasValue else { throw fault("one group alone gives the value: write (?: for the others", at: start) }
            hasValue = true
        }
        depth += 1
        let node = try choice()
        depth -= 1
        guard next == UInt8(ascii: ")") else { throw fault("the group is not closed: a ) is missing", at: start) }
        place += 1
        return isValue ? .value(node) : node
    }

    private mutating func escaped() throws(CodePattern.Fault) -> PatternSet {
        guard let byte = next else { throw fault("a \\ at the end stands for nothing", at: place - 1) }
        place += 1
        switch byte {
        case UInt8(ascii: "d"): return .digits
        case UInt8(ascii: "w"): return .letters
        case UInt8(ascii: "s"): return .spaces
        case _ where PatternSet.letters.contains(byte):
            throw fault("this letter behind a \\ is not known: there are \\d, \\w and \\s", at: place - 2)
        default: return PatternSet([byte])
        }
    }

    private mutating func set(from start: Int) throws(CodePattern.Fault) -> PatternSet {
        var set = PatternSet([])
        var isInverted = false
        if next == UInt8(ascii: "^") {
            isInverted = true
            place += 1
        }
        let first = place
        while let byte = next, byte != UInt8(ascii: "]") {
            place += 1
            guard byte != UInt8(ascii: "\\") else {
                set.formUnion(try escaped())
                continue
            }
            guard next == UInt8(ascii: "-"), place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "]") else {
                set.insert(byte)
                continue
            }
            let last = bytes[place + 1]
            guard byte <= last, last != UInt8(ascii: "\\") else {
                throw fault("the range ends before it begins", at: place - 1)
            }
            set.formUnion(PatternSet(byte...last))
            place += 2
        }
        guard next == UInt8(ascii: "]"), place > first else {
            throw fault("the class is empty, or not closed by a ]", at: start)
        }
        place += 1
        return isInverted ? set.inverted : set
    }

    private mutating func repeats(of atom: PatternNode) throws(CodePattern.Fault) -> PatternNode {
        let start = place
        guard let byte = next else { return atom }
        let counts: (least: Int, most: Int?)
        switch byte {
        case UInt8(ascii: "?"): counts = (0, 1)
        case UInt8(ascii: "*"): counts = (0, nil)
        case UInt8(ascii: "+"): counts = (1, nil)
        case UInt8(ascii: "{"):
            place += 1
            counts = try braces(from: start)
        default: return atom
        }
        place += 1
        if let byte = next, "?*+{".utf8.contains(byte) {
            throw fault("a repeat is repeated: put (?: ) around the first")
        }
        return .repeated(atom, least: counts.least, most: counts.most)
    }

    /// - Returns: the counts, with the place at the closing brace.
    private mutating func braces(from start: Int) throws(CodePattern.Fault) -> (Int, Int?) {
        let least = number()
        var most = least
        if next == UInt8(ascii: ",") {
            place += 1
            most = number()
        }
        guard let least, next == UInt8(ascii: "}") else { throw fault("write {3}, {2,} or {2,5}", at: start) }
        guard max(least, most ?? 0) <= CustomersLimits.patternRepeatsMax else {
            throw fault("more than \(CustomersLimits.patternRepeatsMax) repeats are not counted", at: start)
        }
        guard most.map({ $0 >= least && $0 > 0 }) ?? true else {
            throw fault("the second number must be the greater, and not 0", at: start)
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let byte = next, PatternSet.digits.contains(byte), digits.utf8.count < 4 {
            digits.append(Character(UnicodeScalar(byte)))
            place += 1
        }
        return Int(digits)
    }
}
