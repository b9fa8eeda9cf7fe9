import Customers
import Foundation

/// The customers of Solteq Commerce Cloud, by continuation token.
final class SolteqSource: Source {
    private let bearer: BearerClient
    private let url: String
    private let continuation: String
    private let mapping: FieldMapping
    private let identifiers: SolteqIdentifiers
    private let region: PhoneRegion
    private let now: @Sendable () -> FeedTime
    private let memory = RowMemory()

    init(_ settings: SystemSettings, _ bearer: BearerClient, _ tools: ConnectorTools) {
        self.bearer = bearer
        url = URLText.join(settings.text("url"), settings.text("paths.customers"))
        continuation = settings.text("query.continuation")
        var columns: [RecordField: [FieldPath]] = [:]
        for field in RecordField.allCases {
            columns[field] = settings.texts("fields.\(field.rawValue)").map { FieldPath($0) }
        }
        mapping = FieldMapping(
            columns: columns, allowed: settings.allowed("allow"), defaultGroups: settings.texts("groups"))
        identifiers = SolteqIdentifiers(settings)
        region = tools.region
        now = tools.now
    }

    func isUnderWay(_ cursor: [UInt8]) -> Bool { ListingCursor(cursor)?.place != nil }

    func page(after cursor: [UInt8]?) async throws(SystemsError) -> SourcePage {
        memory.begin(after: cursor)
        let askedAt = now().wall
        let reply = try await ask(cursor.flatMap { ListingCursor($0) }?.place)
        let (documents, token) = try Self.documents(reply)
        let next = ListingCursor(place: token)
        guard token == nil || next.bytes != cursor else {
            throw reply.broken("It gives the same continuation token again.")
        }
        guard next.bytes.count <= CustomersLimits.cursorBytesMax else {
            throw reply.broken("Its continuation token is too long.")
        }
        var page = SourcePage(cursor: next.bytes, isLast: token == nil)
        page.bytesRead = UInt64(reply.body.count)
        let rows = RowMapping(mapping: mapping, region: region, asOf: askedAt)
        for (index, document) in documents.enumerated() {
            page.rowsRead += 1
            take(document, line: index + 1, of: reply, rows, &page)
        }
        memory.give(page.cursor)
        return page
    }

    /// The first page, to see whether it is given.
    /// - Returns: how many customers it has.
    func probe() async throws(SystemsError) -> Int { try Self.documents(try await ask(nil)).documents.count }

    private func ask(_ token: String?) async throws(SystemsError) -> SystemReply {
        let query = token.map { [(continuation, $0)] } ?? []
        return try await bearer.send(
            SystemCall(
                .get, URLText.join(url, "", query: query), headers: [("Accept", "application/json")],
                deadline: .seconds(60), answerBytesMax: HTTPLimits.answerBytesMax))
    }

    /// `{"documents": […], "continuationToken": null}`.
    private static func documents(
        _ reply: SystemReply
    ) throws(SystemsError) -> (documents: [JSONNode], token: String?) {
        let root = try reply.json()
        guard case .list(let documents)? = root["documents"]?.value else { throw reply.broken("It has no documents.") }
        guard documents.count <= SystemsLimits.pageRowsMax else { throw reply.broken("It has too many documents.") }
        switch root["continuationToken"]?.value {
        case .text(let token)?: return (documents, token.isEmpty ? nil : token)
        case .null?, nil: return (documents, nil)
        default: throw reply.broken("Its continuationToken is no text.")
        }
    }

    private func take(
        _ document: JSONNode, line: Int, of reply: SystemReply, _ rows: RowMapping, _ page: inout SourcePage
    ) {
        let row = JSONRow(document, in: reply.body[...], line: line)
        guard case .object = document.value else { return page.rejections.add(row.rejection(nil, .objectMissing)) }
        do throws(Rejection) {
            var change = try rows.change(.object(row), &page.rejections)
            if case .upsert(var record) = change {
                identifiers.add(document, allowed: mapping, region, to: &record)
                change = .upsert(record)
            }
            guard memory.isChanged(change.key, document) else { return }
            page.changes.append(change)
            page.lines.append(line)
        } catch {
            page.rejections.add(error)
        }
    }
}

extension CustomerChange {
    /// The source's key of the customer.
    var key: String {
        switch self {
        case .upsert(let record): record.key
        case .remove(let key, _): key
        }
    }
}
