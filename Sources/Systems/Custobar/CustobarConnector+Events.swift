import Foundation

extension CustobarConnector: EventSource {
    package var showsEvents: Bool { settings.flag("view.events") }

    package func events(of customer: CustomerAddress) async throws(SystemsError) -> [CustomerEvent] {
        guard showsEvents, let phone = customer.phone else { return [] }
        let events = try await rows(settings.text("paths.events_list"), "events", phone).compactMap { event($0) }
        // A sale has a row for each of its lines.
        var sales: [String: CustomerEvent] = [:]
        for row in try await rows(settings.text("paths.sales_list"), "sales", phone) {
            if let sale = Self.sale(row), sales[sale.text] == nil { sales[sale.text] = sale }
        }
        let all = (events + sales.values).sorted { ($0.at, $0.text) > ($1.at, $1.text) }
        return Array(all.prefix(EventLimits.shownMax))
    }

    private func rows(_ path: String, _ name: String, _ phone: String) async throws(SystemsError) -> [JSONNode] {
        let url = URLText.join(
            api.base, path,
            query: [(settings.text("view.customer_field"), phone), ("limit", "\(EventLimits.askedMax)")])
        let reply = try await api.get(url, deadline: CustobarLimits.benefitsDeadline)
        guard case .list(let rows)? = try reply.json()[name]?.value else { throw reply.broken("It has no \(name).") }
        return rows
    }

    private func event(_ row: JSONNode) -> CustomerEvent? {
        guard let kind = row["type"]?.plainText, let at = row["date"]?.plainText.flatMap({ FieldText.time($0) }),
            (1...EventLimits.textBytesMax).contains(kind.utf8.count)
        else { return nil }
        let shown = settings.texts("view.types")
        return shown.isEmpty || shown.contains(kind) ? CustomerEvent(at: at, kind: kind) : nil
    }

    private static func sale(_ row: JSONNode) -> CustomerEvent? {
        guard let id = row["sale_external_id"]?.plainText, (1...EventLimits.textBytesMax).contains(id.utf8.count),
            let at = row["sale_date"]?.plainText.flatMap({ FieldText.time($0) })
        else { return nil }
        let total = row["sale_total"]?.plainText.flatMap { FieldText.hundredths($0) }
        return CustomerEvent(at: at, kind: "SALE", text: id, totalMinor: total)
    }
}
