import Foundation
import Journal

extension CustobarConnector {
    /// Imports say how something is, and events carry the operation's id, so that nothing is done twice.
    package func step(for order: SystemOrder) -> OrderStep? {
        switch order {
        case .newCustomer(let customer):
            OrderStep { [self] entry async throws(SystemsError) in
                try await join(customer, operation: entry.operationText, at: entry.standing.createdAt)
            }
        case .customerChange(let edit): OrderStep { [self] _ async throws(SystemsError) in try await correct(edit) }
        case .permission(let change):
            OrderStep { [self] entry async throws(SystemsError) in
                try await permit(change, operation: entry.operationText)
            }
        case .sale(let sale) where settings.flag("sales.report"):
            OrderStep { [self] _ async throws(SystemsError) in try await report(sale) }
        case .benefit(let use):
            OrderStep { [self] entry async throws(SystemsError) in
                guard let phone = use.customer.phone else { throw Self.nobody }
                try await adapter.tell(
                    use.benefit, isUsed: use.isUsed, phone: phone, operation: entry.operationText, at: use.at)
            }
        case .card(let binding):
            cardField.map { field in
                OrderStep { [self] _ async throws(SystemsError) in
                    try await tell(binding.customer, [(field, .string(binding.card))])
                }
            }
        case .bonusChange, .orderCustomer, .sale: nil
        }
    }

    package func knows(_ customer: CustomerAddress) -> Bool { (try? ids(customer)) != nil }

    /// The customer field that holds the card, where the configuration names one that can be told.
    private var cardField: String? {
        settings.texts("fields.customer_card").first.flatMap { $0.contains(".") ? nil : $0 }
    }

    /// The names of permissions here and there.
    private static let permissions = [
        "email": "can_email", "sms": "can_sms", "post": "can_post", "push": "can_push", "profiling": "can_profile",
    ]

    private static let nobody = SystemsError(
        .refused, "Custobar knows customers by phone number, e-mail or its own id, and this one has none.",
        isAnswer: true)

    /// By what Custobar finds the customer. Its own id counts where its customers are read; of another system's customers it is
    /// the phone number.
    private func ids(_ customer: CustomerAddress) throws(SystemsError) -> [(String, JSONText)] {
        if let own = customer.externalIDs.compactMap({ Self.ownID($0, system: client.name) }).first {
            return [("external_id", .string(own))]
        }
        if let phone = customer.phone { return [("phone_number", .string(phone))] }
        if let email = customer.email { return [("email", .string(email))] }
        throw Self.nobody
    }

    /// The identifier that tells which customer of Custobar somebody is. The system's name in it keeps a scanned code from being
    /// taken for one.
    static func externalID(_ key: String, system: String) -> String { "\(system):\(key)" }

    static func ownID(_ externalID: String, system: String) -> String? {
        let head = system + ":"
        return externalID.hasPrefix(head) ? String(externalID.dropFirst(head.count)) : nil
    }

    private func tell(_ customer: CustomerAddress, _ fields: [(String, JSONText)]) async throws(SystemsError) {
        let row = JSONText.object(try ids(customer) + fields)
        try await api.upload(settings.text("paths.customers_upload"), .object([("customers", .list([row]))]))
    }

    private func correct(_ edit: CustomerEdit) async throws(SystemsError) {
        let names: [CustomerEdit.Field: String] = [.name: "first_name", .phone: "phone_number", .email: "email"]
        let changes = edit.after.sorted { $0.key.rawValue < $1.key.rawValue }
        try await tell(edit.customer, changes.map { (names[$0.key] ?? $0.key.rawValue, .string($0.value)) })
    }

    private func permit(_ change: PermissionChange, operation: String) async throws(SystemsError) {
        guard let name = Self.permissions[change.name] else {
            throw SystemsError(
                .refused, "Custobar knows no permission of that name: \(Self.permissions.keys.sorted()).",
                isAnswer: true)
        }
        try await tell(change.customer, [(name, .bool(change.granted))])
        try await prove(change, name: name, operation: operation)
    }

    /// Tells what was agreed to, word for word. The event has the operation's id, by which a second one is known to be the same.
    private func prove(_ change: PermissionChange, name: String, operation: String) async throws(SystemsError) {
        guard let event = settings.optionalText("permissions.event") else { return }
        let row: [(String, JSONText)] =
            [("type", .string(event)), ("external_id", .string(operation))]
            + Self.eventCustomer(try ids(change.customer))
            + [
                ("date", .string(change.at.formatted(.iso8601))), ("permission", .string(name)),
                ("granted", .bool(change.granted)), ("consent_text", .string(change.text)),
            ]
        try await api.upload(settings.text("paths.events"), .object([("events", .list([.object(row)]))]))
    }

    /// An event names its customer by `customer_id` where an import says `external_id`, which is the event's own.
    private static func eventCustomer(_ ids: [(String, JSONText)]) -> [(String, JSONText)] {
        ids.map { ($0.0 == "external_id" ? "customer_id" : $0.0, $0.1) }
    }

    /// Somebody joins while buying: Custobar learns how to reach him, and sends him the instructions.
    private func join(_ customer: NewCustomer, operation: String, at time: Date) async throws(SystemsError) {
        let address = CustomerAddress(phone: customer.phone, email: customer.email)
        var fields: [(String, JSONText)] = []
        if customer.phone != nil, let email = customer.email { fields.append(("email", .string(email))) }
        if !customer.name.isEmpty { fields.append(("first_name", .string(customer.name))) }
        for (name, granted) in customer.permissions.sorted(by: { $0.key < $1.key }) {
            if let name = Self.permissions[name] { fields.append((name, .bool(granted))) }
        }
        if let field = settings.optionalText("join.group_field"), !customer.group.isEmpty {
            fields.append((field, .string(customer.group)))
        }
        try await tell(address, fields)
        guard let event = settings.optionalText("join.event"), let phone = customer.phone else { return }
        let row: [(String, JSONText)] = [
            ("type", .string(event)), ("external_id", .string(operation)), ("phone_number", .string(phone)),
            ("date", .string(time.formatted(.iso8601))),
        ]
        try await api.upload(settings.text("paths.events"), .object([("events", .list([.object(row)]))]))
    }

    // MARK: Sales

    private func report(_ sale: SaleReport) async throws(SystemsError) {
        if let schedule = settings.optionalText("sales.schedule").flatMap({ FeedSchedule($0) }) {
            let due = schedule.next(after: sale.at, in: tools.zone)
            let left = due.timeIntervalSince(tools.now().wall)
            if left > 0 {
                throw SystemsError(
                    .throttled, "Sales are reported on their schedule (sales.schedule).", retryAfter: .seconds(left))
            }
        }
        let rows = sale.custobarRows(
            customer: try ids(sale.customer), shop: settings.optionalText("sales.shop"),
            allowed: Set(settings.texts("sales.fields")))
        try await api.upload(settings.text("paths.sales_upload"), .object([("sales", .list(rows))]))
    }
}

extension OutboxEntry {
    /// The operation id in hexadecimal digits, as Custobar's events have it.
    fileprivate var operationText: String {
        operation.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension SaleReport {
    /// What may be reported of a sale besides its ids and its time (custobar.com/docs/api, sales).
    static let custobarFields = ["sale_total", "total", "quantity", "unit_price"]

    /// A row for each line; one for the sale as a whole when it has none.
    func custobarRows(customer: [(String, JSONText)], shop: String?, allowed: Set<String>) -> [JSONText] {
        let names = ["external_id": "sale_customer_id", "phone_number": "sale_phone_number", "email": "sale_email"]
        var head: [(String, JSONText)] = [
            ("sale_external_id", .string(sale)), ("sale_date", .string(at.formatted(.iso8601))),
        ]
        head += customer.map { (names[$0.0] ?? $0.0, $0.1) }
        if let shop { head.append(("sale_shop_id", .string(shop))) }
        if allowed.contains("sale_total") { head.append(("sale_total", .string(Self.amount(totalMinor)))) }
        let lines =
            lines.isEmpty
            ? [Line(gtin: "", description: "", quantityThousandths: 1_000, totalMinor: totalMinor)] : lines
        return lines.enumerated().map { index, line in
            var row = head + [("external_id", .string("\(sale)-\(index + 1)"))]
            row.append(("product_id", .string(line.gtin.isEmpty ? line.description : line.gtin)))
            if allowed.contains("total") { row.append(("total", .string(Self.amount(line.totalMinor)))) }
            if allowed.contains("quantity") {
                row.append(("quantity", .number(Self.thousandths(line.quantityThousandths))))
            }
            if allowed.contains("unit_price"), line.quantityThousandths != 0 {
                let price = Double(line.totalMinor) * 1_000 / Double(line.quantityThousandths)
                row.append(("unit_price", .string(Self.amount(Int64(price.rounded())))))
            }
            return .object(row)
        }
    }

    private static func amount(_ minor: Int64) -> String {
        let part = abs(minor) % 100
        return "\(minor < 0 ? "-" : "")\(abs(minor) / 100).\(part < 10 ? "0" : "")\(part)"
    }

    private static func thousandths(_ value: Int64) -> String {
        guard value % 1_000 != 0 else { return "\(value / 1_000)" }
        let part = String(abs(value) % 1_000)
        return "\(value < 0 ? "-" : "")\(abs(value) / 1_000)." + String(repeating: "0", count: 3 - part.count) + part
    }
}
