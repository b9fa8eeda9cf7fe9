/// A line in its place on the screen, which stands, or runs through it when it is too long.
struct DisplayRun: Sendable, Equatable {
    /// The first cell of its place, from 0.
    let column: Int
    /// How many cells its place has.
    let width: Int
    /// All of it, in characters of its row's page.
    private let cells: [Character]
    /// How long it rests before it runs on by a cell; `nil` when it stands.
    let step: Duration?

    init(_ line: String, column: Int, width: Int, page: CodePage, step: Duration?) {
        self.column = column
        self.width = width
        let cells = DisplayRow.simplified(line, in: page)
        let runs = step != nil && cells.count > width
        self.step = runs ? step : nil
        self.cells = runs ? cells + Array(repeating: " ", count: DisplayLimits.marqueeGap) : Array(cells.prefix(width))
    }

    /// What is seen of it a while after it began, a character for each of its cells.
    func seen(after elapsed: Duration) -> [Character] {
        guard let step else { return cells + Array(repeating: " ", count: width - cells.count) }
        let first = Int(elapsed / step) % cells.count
        return (0..<width).map { cells[(first + $0) % cells.count] }
    }
}
