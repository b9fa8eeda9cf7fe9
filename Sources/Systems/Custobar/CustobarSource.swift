import Customers
import Foundation

/// The customers of Custobar, page by page by the address of the next one; only changed rows are taken.
final class CustobarSource: Source {
    private let api: CustobarAPI
    private let system: String
    private let first: String
    private let mapping: FieldMapping
    private let region: PhoneRegion
    private let now: @Sendable () -> FeedTime
    private let benefits: CustobarBenefits
    private let memory = RowMemory()

    init(_ settings: SystemSettings, _ api: CustobarAPI, _ tools: ConnectorTools) {
        self.api = api
        system = settings.name
        mapping = Self.mapping(settings)
        benefits = CustobarBenefits(settings, api)
        let own = mapping.allows(.benefits) ? [String(settings.text("benefits.field").prefix { $0 != "." })] : []
        let fields = Self.fields(mapping) + own
        first = URLText.join(
            api.base, settings.text("paths.customers"),
            query: [("limit", "\(CustobarLimits.pageRows)"), ("fields", fields.joined(separator: ","))])
        region = tools.region
        now = tools.now
    }

    /// The columns of Custobar's documentation.
    private static func mapping(_ settings: SystemSettings) -> FieldMapping {
        var columns: [RecordField: [FieldPath]] = [
            .key: [FieldPath("external_id")], .name: [FieldPath("first_name"), FieldPath("last_name")],
            .firstName: [FieldPath("first_name")], .language: [FieldPath("language")],
            .phone: [FieldPath("phone_number")], .email: [FieldPath("email")], .removed: [FieldPath("is_deleted")],
            .changedAt: [],
        ]
        for field in RecordField.allowable {
            let own = settings.texts("fields.\(field.rawValue)")
            if !own.isEmpty { columns[field] = own.map { FieldPath($0) } }
            if columns[field] == nil { columns[field] = [] }
        }
        let permissions = [
            ("email", "can_email"), ("sms", "can_sms"), ("post", "can_post"), ("push", "can_push"),
            ("profiling", "can_profile"),
        ].map { FieldMapping.PermissionColumns(name: $0.0, granted: FieldPath($0.1)) }
        return FieldMapping(
            columns: columns, permissions: permissions, allowed: settings.allowed("allow"),
            defaultGroups: settings.texts("groups"))
    }

    /// What is asked for: nothing that is not kept leaves Custobar.
    private static func fields(_ mapping: FieldMapping) -> [String] {
        var fields = ["external_id", "canonical_id", "is_deleted"]
        for field in RecordField.allowable {
            fields += mapping.paths(field).map { String($0.text.prefix { $0 != "." }) }
        }
        if mapping.allows(.permissions) { fields += mapping.permissions.map(\.granted.text) + ["mailing_lists"] }
        return fields.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    func isUnderWay(_ cursor: [UInt8]) -> Bool { ListingCursor(cursor)?.place != nil }

    func page(after cursor: [UInt8]?) async throws(SystemsError) -> SourcePage {
        memory.begin(after: cursor)
        let askedAt = now().wall
        let place = cursor.flatMap { ListingCursor($0)?.place }
        let reply = try await api.get(
            place.map { CustobarPaging.url($0, base: first) } ?? first, deadline: .seconds(60))
        let root = try reply.json()
        guard case .list(let customers)? = root["customers"]?.value else { throw reply.broken("It has no customers.") }
        let next = try CustobarPaging.next(root, reply, base: first)
        guard next == nil || next != place else { throw reply.broken("It gives the same next_url again.") }
        var page = SourcePage(cursor: ListingCursor(place: next).bytes, isLast: next == nil)
        guard page.cursor.count <= CustomersLimits.cursorBytesMax else {
            throw reply.broken("Its next_url is too long.")
        }
        page.bytesRead = UInt64(reply.body.count)
        let rows = RowMapping(mapping: mapping, region: region, asOf: askedAt)
        for (index, node) in customers.enumerated() {
            page.rowsRead += 1
            take(node, line: index + 1, reply, rows, askedAt, &page)
        }
        memory.give(page.cursor)
        return page
    }

    private func take(
        _ node: JSONNode, line: Int, _ reply: SystemReply, _ rows: RowMapping, _ askedAt: Date, _ page: inout SourcePage
    ) {
        let row = JSONRow(node, in: reply.body[...], line: line)
        guard case .object = node.value else { return page.rejections.add(row.rejection(nil, .objectMissing)) }
        do throws(Rejection) {
            var change = try rows.change(.object(row), &page.rejections)
            guard memory.isChanged(change.key, node) else { return }
            // Records that are one person's are grouped by one of their ids: the others are read as merged into it.
            if let canonical = node["canonical_id"]?.plainText, !canonical.isEmpty, canonical != change.key {
                change = .remove(key: change.key, at: askedAt)
            } else if case .upsert(var record) = change {
                let id = CustobarConnector.externalID(record.key, system: system)
                record.identifiers.append(Identifier(type: .externalID, value: id))
                if mapping.allows(.benefits) { record.benefits = benefits.read(node) }
                if mapping.allows(.permissions) { record.permissions += Self.lists(node, askedAt) }
                change = .upsert(record)
            }
            page.changes.append(change)
            page.lines.append(line)
        } catch {
            page.rejections.add(error)
        }
    }

    /// The mailing lists the customer is on, as permissions of their own.
    private static func lists(_ node: JSONNode, _ asOf: Date) -> [Permission] {
        guard case .list(let lists)? = node["mailing_lists"]?.value else { return [] }
        return lists.prefix(CustobarLimits.listsMax).compactMap(\.plainText).compactMap { name in
            let name = "list:" + name
            guard name.utf8.count <= CustomersLimits.permissionNameBytesMax else { return nil }
            return Permission(name: name, granted: true, consentText: "", changedAt: asOf)
        }
    }
}
