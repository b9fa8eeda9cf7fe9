import Customers
import Foundation
import Synchronization

/// The clients of Poster. It has no "changed since", so that they are listed from the front to the end in each run, by pages in
/// the order of their ids, and only changed rows are taken.
final class PosterSource: Source {
    private let api: PosterAPI
    private let system: String
    private let mapping: FieldMapping
    private let region: PhoneRegion
    private let now: @Sendable () -> FeedTime
    private let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    private let rows: Int
    private let cards: PosterCards
    private let runFeed: @Sendable (String) -> Void
    private let period: Duration
    private let memory = RowMemory()
    private let state = Mutex(State())

    private struct State {
        /// Clients who are to be read again, and when.
        var wanted: [String: Duration] = [:]
        /// When the listing under way, or the last one, was begun.
        var listedAt: Duration?
    }

    /// - Parameter rows: of a page.
    init(
        _ settings: SystemSettings, _ api: PosterAPI, _ tools: ConnectorTools, cards: PosterCards,
        rows: Int = PosterLimits.pageRows
    ) {
        self.api = api
        system = settings.name
        mapping = FieldMapping(allowed: settings.allowed("allow"), defaultGroups: settings.texts("groups"))
        region = tools.region
        now = tools.now
        after = tools.time.after
        self.rows = rows
        self.cards = cards
        runFeed = tools.runFeed
        period =
            if case .every(let seconds) = settings.schedule("schedule") { .seconds(seconds) } else { .seconds(3_600) }
    }

    /// Has a client read again, after a while.
    func refresh(_ clientID: String, after time: Duration) {
        let due = now().uptime + time
        state.withLock { state in
            if state.wanted.count < PosterLimits.wantedMax { state.wanted[clientID] = due }
        }
        guard time > .zero else { return runFeed(system) }
        after(time) { [runFeed, system] in runFeed(system) }
    }

    /// Has all clients listed now, whenever they were listed last.
    func listAgain() {
        state.withLock { $0.listedAt = nil }
        runFeed(system)
    }

    func isUnderWay(_ cursor: [UInt8]) -> Bool { ListingCursor(cursor)?.place != nil }

    func page(after cursor: [UInt8]?) async throws(SystemsError) -> SourcePage {
        memory.begin(after: cursor)
        if let cursor, let page = try await wanted(cursor) { return page }
        let offset = cursor.flatMap { ListingCursor($0)?.place }.flatMap { Int($0) } ?? 0
        if offset == 0 { state.withLock { $0.listedAt = now().uptime } }
        let askedAt = now().wall
        let groups = offset == 0 && mapping.allows(.groups) ? try await groups() : []
        let nodes = try await clients(offset: offset)
        let isLast = nodes.count < rows
        // The last client of a page comes once more with the next one, so that a client who was removed meanwhile, which moves
        // all behind him up by one, hides nobody.
        let next = isLast ? nil : "\(offset + max(1, nodes.count - 1))"
        var page = SourcePage(cursor: ListingCursor(place: next).bytes, isLast: isLast)
        page.groups = groups.filter { !$0.isRemoved }.map(\.terms)
        for (index, node) in nodes.enumerated() {
            page.rowsRead += 1
            try take(node, line: offset + index + 1, askedAt, &page)
        }
        memory.give(page.cursor)
        return page
    }

    /// A page of the clients who are to be read again, between those of the listing.
    /// - Returns: `nil` when there are none.
    private func wanted(_ cursor: [UInt8]) async throws(SystemsError) -> SourcePage? {
        let uptime = now().uptime
        let ids = state.withLock { state in
            state.wanted.filter { $0.value <= uptime }.keys.sorted().prefix(PosterLimits.wantedAtOnce)
        }
        guard !ids.isEmpty else { return nil }
        // A listing that is due is not put off by those who buy.
        let isListingDue = state.withLock { state in state.listedAt.map { uptime - $0 >= period } ?? true }
        let isEnd = ListingCursor(cursor).map { $0.place == nil } ?? true
        let next = isEnd && isListingDue ? ListingCursor(place: "0").bytes : cursor
        var page = SourcePage(cursor: next, isLast: isEnd && !isListingDue)
        for (index, id) in ids.enumerated() {
            let askedAt = now().wall
            page.rowsRead += 1
            do throws(SystemsError) {
                try take(try await api.row(id).node, line: index + 1, askedAt, &page)
            } catch {
                // One who is gone there is found gone by the listing.
                guard error.isAnswer else { throw error }
            }
        }
        state.withLock { state in
            for id in ids where state.wanted[id].map({ $0 <= uptime }) ?? false { state.wanted[id] = nil }
        }
        memory.give(page.cursor)
        return page
    }

    private func take(
        _ node: JSONNode, line: Int, _ askedAt: Date, _ page: inout SourcePage
    ) throws(SystemsError) {
        guard let row = PosterClientRow(node) else {
            return page.rejections.add(Rejection(line: line, column: 0, reason: .keyUnusable))
        }
        guard memory.isChanged(row.clientID, node) else { return }
        page.lines.append(line)
        if row.isRemoved {
            page.changes.append(.remove(key: row.clientID, at: askedAt))
        } else {
            let card = try cards.card(of: row)
            page.changes.append(
                .upsert(
                    row.record(
                        system: system, card: card, allowed: mapping, region: region, asOf: askedAt, line: line,
                        &page.rejections)))
        }
    }

    func groups() async throws(SystemsError) -> [PosterGroup] {
        guard case .list(let nodes) = try await api.get("clients.getGroups").value else {
            throw SystemsError(.broken, "\(system) gives no list of groups, and nothing of it was taken.")
        }
        return nodes.compactMap { PosterGroup($0) }
    }

    private func clients(offset: Int) async throws(SystemsError) -> [JSONNode] {
        let answer = try await api.get(
            "clients.getClients",
            [("num", "\(rows)"), ("offset", "\(offset)"), ("order_by", "client_id"), ("sort", "asc")],
            deadline: .seconds(60))
        guard case .list(let nodes) = answer.value else {
            throw SystemsError(.broken, "\(system) gives no list of clients, and nothing of it was taken.")
        }
        return nodes
    }
}
