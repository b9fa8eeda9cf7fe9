/// What the command line asks for.
struct BenchOptions: Sendable {
    /// How much is measured.
    enum Size: String {
        case full = "1m"
        case quick = "100k"
        /// So little that its figures mean nothing: it shows that everything runs.
        case smoke = "2k"
    }

    private(set) var size = Size.full
    private(set) var filter = ""

    init(_ arguments: [String]) {
        for argument in arguments {
            switch argument {
            case "--quick": size = .quick
            case "--smoke": size = .smoke
            default: filter = argument
            }
        }
    }

    /// How many customers the measured replica holds.
    var customers: Int {
        switch size {
        case .full: 1_000_000
        case .quick: 100_000
        case .smoke: 2_000
        }
    }

    /// The end of the names of figures that depend on it.
    var sizeName: String { size.rawValue }

    /// How many customers look-ups and the start are measured with, and the names of these sizes.
    var sizes: [(customers: Int, name: String)] {
        switch size {
        case .full: [(10_000, "10k"), (1_000_000, "1m"), (5_000_000, "5m")]
        case .quick: [(10_000, "10k"), (100_000, "100k")]
        case .smoke: [(2_000, "2k")]
        }
    }

    /// How often each side of a comparison is measured.
    var rounds: Int { size == .full ? 5 : 1 }

    /// A number of repetitions, cut for a short run.
    func repetitions(_ count: Int) -> Int {
        switch size {
        case .full: count
        case .quick: max(1, count / 10)
        case .smoke: max(20, count / 200)
        }
    }

    func wants(_ names: [String]) -> Bool {
        filter.isEmpty || names.contains { $0.contains(filter) }
    }
}
