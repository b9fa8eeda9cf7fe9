/// A pattern as steps, and the matching of it; see ``CodePattern``.
struct PatternProgram: Sendable, Equatable {
    private enum Step: Sendable, Equatable {
        case byte(PatternSet)
        case jump(Int)
        /// Both ways are gone; the first is preferred.
        case fork(Int, Int)
        case valueBegins
        case valueEnds
        case end
    }

    /// A place in the pattern, and where the first group was found on the way there.
    private struct Way {
        var step: Int
        var from: Int?
        var to: Int?
    }

    private var steps: [Step] = []
    /// Parts that were written out, those of no step included: repeats of nothing must come to an end, too.
    private var parts = 0

    /// - Throws: ``CodePattern/Fault`` when its repeats make it too long.
    init(_ node: PatternNode) throws(CodePattern.Fault) {
        try add(node)
        steps.append(.end)
    }

    private mutating func add(_ node: PatternNode) throws(CodePattern.Fault) {
        parts += 1
        guard max(steps.count, parts) < CustomersLimits.patternStepsMax else {
            throw CodePattern.Fault(
                place: 1,
                words:
                    "with its repeats written out it has \(CustomersLimits.patternStepsMax) parts or more: write + or * "
                    + "for long repeats")
        }
        switch node {
        case .bytes(let set): steps.append(.byte(set))
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .value(let node):
            steps.append(.valueBegins)
            try add(node)
            steps.append(.valueEnds)
        case .choice(let nodes): try add(choice: nodes)
        case .repeated(let node, let least, let most):
            for _ in 0..<least { try add(node) }
            guard let most else { return try add(unbounded: node) }
            var forks: [Int] = []
            for _ in least..<max(least, most) {
                forks.append(steps.count)
                steps.append(.end)
                try add(node)
            }
            for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
        }
    }

    private mutating func add(choice nodes: [PatternNode]) throws(CodePattern.Fault) {
        var exits: [Int] = []
        for (index, node) in nodes.enumerated() {
            let fork = steps.count
            let isLast = index == nodes.count - 1
            if !isLast { steps.append(.end) }
            try add(node)
            guard !isLast else { break }
            exits.append(steps.count)
            steps.append(.end)
            steps[fork] = .fork(fork + 1, steps.count)
        }
        for exit in exits { steps[exit] = .jump(steps.count) }
    }

    private mutating func add(unbounded node: PatternNode) throws(CodePattern.Fault) {
        let fork = steps.count
        steps.append(.end)
        try add(node)
        steps.append(.jump(fork))
        steps[fork] = .fork(fork + 1, steps.count)
    }

    /// - Returns: where the first group is, or all of the code where there is none; `nil` when the code does not fit. Every
    ///   step is looked at once a byte at most, whatever the pattern.
    func match(_ code: [UInt8]) -> Range<Int>? {
        var ways: [Way] = []
        var seen = [Int](repeating: -1, count: steps.count)
        follow(Way(step: 0), at: 0, &ways, &seen)
        for (place, byte) in code.enumerated() {
            guard !ways.isEmpty else { return nil }
            var next: [Way] = []
            for way in ways {
                guard case .byte(let set) = steps[way.step], set.contains(byte) else { continue }
                follow(Way(step: way.step + 1, from: way.from, to: way.to), at: place + 1, &next, &seen)
            }
            ways = next
        }
        guard let found = ways.first(where: { steps[$0.step] == .end }) else { return nil }
        guard let from = found.from, let to = found.to else { return 0..<code.count }
        return from..<to
    }

    /// Goes on to all steps that take a byte. Of several ways to one step the first counts.
    private func follow(_ first: Way, at place: Int, _ ways: inout [Way], _ seen: inout [Int]) {
        var waiting = [first]
        while var way = waiting.popLast() {
            guard seen[way.step] != place else { continue }
            seen[way.step] = place
            switch steps[way.step] {
            case .byte, .end: ways.append(way)
            case .jump(let step):
                way.step = step
                waiting.append(way)
            case .fork(let one, let other):
                way.step = other
                waiting.append(way)
                way.step = one
                waiting.append(way)
            case .valueBegins:
                way.from = place
                way.to = nil
                way.step += 1
                waiting.append(way)
            case .valueEnds:
                way.to = place
                way.step += 1
                waiting.append(way)
            }
        }
    }
}
