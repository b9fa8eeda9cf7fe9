/// What the command line asks for.
struct BenchOptions: Sendable {
    private(set) var isQuick = false
    private(set) var filter = ""

    init(_ arguments: [String]) {
        for argument in arguments {
            if argument == "--quick" { isQuick = true } else { filter = argument }
        }
    }

    /// How many customers the measured replica holds.
    var customers: Int { isQuick ? 100_000 : 1_000_000 }

    /// The end of the names of figures that depend on it.
    var sizeName: String { isQuick ? "100k" : "1m" }

    /// How often each side of a comparison is measured.
    var rounds: Int { isQuick ? 1 : 5 }

    /// A number of repetitions, cut for a smoke run.
    func repetitions(_ count: Int) -> Int { isQuick ? max(1, count / 10) : count }

    func wants(_ names: [String]) -> Bool {
        filter.isEmpty || names.contains { $0.contains(filter) }
    }
}
