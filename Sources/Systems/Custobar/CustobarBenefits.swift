import Customers
import Foundation

/// A customer's benefits in Custobar.
///
/// No public document says how it gives them (searched: coupon, benefit, campaign). Custobar has customer fields of a company's
/// own and events, and they serve here: a field that lists the benefits, and an event that says that one was used. The names are
/// settings, and their defaults are Countertop's guess.
struct CustobarBenefits: Sendable {
    private let api: CustobarAPI
    private let customers: String
    private let field: String
    private let names: (id: String, title: String, from: String, until: String, uses: String)
    private let events: (path: String, used: String, released: String)

    init(_ settings: SystemSettings, _ api: CustobarAPI) {
        self.api = api
        customers = settings.text("paths.customers")
        field = settings.text("benefits.field")
        names = (
            settings.text("benefits.id"), settings.text("benefits.title"), settings.text("benefits.valid_from"),
            settings.text("benefits.valid_until"), settings.text("benefits.uses")
        )
        events = (
            settings.text("paths.events"), settings.text("benefits.used_event"),
            settings.text("benefits.released_event")
        )
    }

    /// - Parameter phone: E.164 with its plus sign.
    func list(phone: String) async throws(SystemsError) -> [Benefit] {
        let url = URLText.join(
            api.base, customers, query: [("phone_number", phone), ("fields", "phone_number,\(field)"), ("limit", "10")])
        let reply = try await api.get(url, deadline: CustobarLimits.benefitsDeadline, retries: 1)
        guard case .list(let rows)? = try reply.json()["customers"]?.value else {
            throw reply.broken("It has no customers.")
        }
        var benefits: [Benefit] = []
        for row in rows where row["phone_number"]?.plainText == phone {
            benefits += read(row).filter { benefit in !benefits.contains { $0.id == benefit.id } }
        }
        return Array(benefits.prefix(CustomersLimits.benefitsMax))
    }

    /// Says that a benefit was used, or that its use was taken back. The event has the operation's id, by which a second one is
    /// known to be the same.
    func tell(
        _ benefit: String, isUsed: Bool, phone: String, operation: String, at time: Date
    ) async throws(SystemsError) {
        let event: [(String, JSONText)] = [
            ("type", .string(isUsed ? events.used : events.released)), ("external_id", .string(operation)),
            ("phone_number", .string(phone)), ("date", .string(time.formatted(.iso8601))),
            ("benefit_id", .string(benefit)),
        ]
        try await api.upload(events.path, .object([("events", .list([.object(event)]))]))
    }

    private static func nodes(_ node: JSONNode?) -> [JSONNode] {
        guard let node else { return [] }
        if case .list(let nodes) = node.value { return nodes }
        return [node]
    }

    /// The benefits that a customer's row lists. One that cannot be read is left out, since a wrong term costs the store or the
    /// customer money.
    func read(_ row: JSONNode) -> [Benefit] {
        var benefits: [Benefit] = []
        for node in Self.nodes(row[FieldPath(field)]) {
            guard let benefit = benefit(node), !benefits.contains(where: { $0.id == benefit.id }),
                benefits.count < CustomersLimits.benefitsMax
            else { continue }
            benefits.append(benefit)
        }
        return benefits
    }

    private func benefit(_ node: JSONNode) -> Benefit? {
        guard let id = node[names.id]?.plainText ?? node.plainText,
            (1...CustomersLimits.benefitIDBytesMax).contains(id.utf8.count)
        else { return nil }
        let title = node[names.title]?.plainText ?? id
        guard title.utf8.count <= CustomersLimits.benefitTitleBytesMax else { return nil }
        var benefit = Benefit(id: id, title: title)
        if let text = node[names.from]?.plainText {
            guard let time = FieldText.time(text) else { return nil }
            benefit.validFrom = time
        }
        if let text = node[names.until]?.plainText {
            guard let time = FieldText.time(text) else { return nil }
            benefit.validUntil = time
        }
        if let text = node[names.uses]?.plainText {
            guard let uses = UInt32(text) else { return nil }
            benefit.usesMax = uses
        }
        return benefit
    }
}
