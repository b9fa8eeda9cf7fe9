package import Customers
import Dispatch
package import Foundation

/// A change feed over HTTP, as the page "A change feed over HTTP" of this module says.
package final class HTTPSource: Source {
    private let place: HTTPPlace
    private let mapping: FieldMapping
    private let region: PhoneRegion
    private let caller: HTTPCaller
    private let now: @Sendable () -> Date
    /// The address's host and port, for messages.
    private let name: String
    private let thread = DispatchQueue(label: "countertop.http")

    package init(
        _ place: HTTPPlace, mapping: FieldMapping, region: PhoneRegion, caller: HTTPCaller,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.place = place
        self.mapping = mapping
        self.region = region
        self.caller = caller
        self.now = now
        let parts = URLComponents(string: place.url)
        name = (parts?.host ?? "?") + (parts?.port.map { ":\($0)" } ?? "")
    }

    package func page(after cursor: [UInt8]?) async throws(SystemsError) -> SourcePage {
        let known = cursor.flatMap { HTTPCursor($0) }
        let askedAt = now()
        let (answer, body) = try await caller.get(
            HTTPSource.url(place.url, cursor: known?.cursor), headers: try headers(known), name: name)
        if let error = answer.error(from: name, now: now()) { throw error }
        guard answer.status == 200 else {
            guard let known else {
                throw SystemsError(.broken, "\(name) says that nothing has changed, before it gave anything.")
            }
            return SourcePage(cursor: known.bytes, isLast: true)
        }
        let read = try await read(body, askedAt)
        var page = read.page
        // An entity tag is one of the address that was asked: it serves while that stays the same.
        let isSame = read.cursor == known?.cursor && !read.isMore && answer.tag.utf8.count <= HTTPLimits.tagBytesMax
        page.cursor =
            HTTPCursor(cursor: read.cursor, tag: isSame ? answer.tag : "", isMore: read.isMore).bytes
        page.isLast = !read.isMore
        guard page.isLast || read.cursor != known?.cursor else {
            throw SystemsError(.broken, "\(name) says that there is more, and gives the same cursor again.")
        }
        return page
    }

    package func isUnderWay(_ cursor: [UInt8]) -> Bool { HTTPCursor(cursor)?.isMore ?? true }

    private func headers(_ cursor: HTTPCursor?) throws(SystemsError) -> [(String, String)] {
        var headers = [
            ("Accept", "application/x-ndjson"), ("Accept-Encoding", "gzip"), ("User-Agent", "countertop"),
        ]
        if let path = place.tokenPath { headers.append(("Authorization", "Bearer \(try HTTPToken.read(at: path))")) }
        if let tag = cursor?.tag, !tag.isEmpty { headers.append(("If-None-Match", tag)) }
        return headers
    }

    /// Reading a page's rows takes a while, for which no task's thread is held.
    private func read(_ body: [UInt8], _ askedAt: Date) async throws(SystemsError) -> HTTPPage {
        let mapping = RowMapping(mapping: mapping, region: region, asOf: askedAt)
        let page: Result<HTTPPage, SystemsError> = await withCheckedContinuation { done in
            thread.async { [name] in
                done.resume(
                    returning: Result { () throws(SystemsError) in
                        try HTTPPage(body, name: name, mapping: mapping)
                    })
            }
        }
        return try page.get()
    }

    /// The address with the cursor and the number of rows in its query.
    static func url(_ base: String, cursor: String?) -> String {
        var query = "limit=\(HTTPLimits.rowsAsked)"
        if let cursor { query += "&cursor=\(URLText.encoded(cursor))" }
        return base + (base.contains("?") ? "&" : "?") + query
    }
}
