/// Those who were taken and wait to be let in: of each source in the order in which they came, and the sources in turn. So one
/// source, however many it sends, has the others wait for one of its own at most.
struct DoorQueue<Element> {
    /// How many may wait.
    private let placesMax: Int
    private var waiting: [String: [Element]] = [:]
    /// The sources that have somebody here, the next first.
    private var turns: [String] = []
    private(set) var count = 0

    init(placesMax: Int) {
        self.placesMax = placesMax
    }

    var isEmpty: Bool { count == 0 }

    /// Somebody comes. Where there is no place, the last goes of the source that has most here, unless the one who comes would
    /// have as many.
    /// - Returns: who has to go, which may be the one who comes.
    mutating func enter(_ element: Element, from source: String) -> Element? {
        var leaving: Element?
        if count >= placesMax {
            let own = waiting[source]?.count ?? 0
            guard let most = waiting.max(by: { $0.value.count < $1.value.count }), most.value.count > own + 1 else {
                return element
            }
            leaving = waiting[most.key]?.popLast()
            count -= 1
        }
        if waiting[source] == nil { turns.append(source) }
        waiting[source, default: []].append(element)
        count += 1
        return leaving
    }

    /// Whose turn it is; `nil` when nobody waits.
    mutating func next() -> Element? {
        guard !turns.isEmpty else { return nil }
        let source = turns.removeFirst()
        guard let element = waiting[source]?.removeFirst() else { return nil }
        count -= 1
        if waiting[source]?.isEmpty ?? true {
            waiting[source] = nil
        } else {
            turns.append(source)
        }
        return element
    }
}
