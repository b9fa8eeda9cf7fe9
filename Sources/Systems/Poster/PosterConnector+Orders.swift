import Foundation
import Journal

extension PosterConnector: OrderReceiver {
    /// A client who is made is looked for by his phone number first; a correction, a card and an order's client say how something is.
    package func step(for order: SystemOrder) -> OrderStep? {
        switch order {
        case .newCustomer(let customer): OrderStep { [self] _ async throws(SystemsError) in try await create(customer) }
        case .customerChange(let edit): OrderStep { [self] _ async throws(SystemsError) in try await correct(edit) }
        case .bonusChange(let change):
            OrderStep(isRepeatable: change.before == nil) { [self] entry async throws(SystemsError) in
                try await changeBonuses(change, of: entry)
            } isCarriedOut: { [self] () async throws(SystemsError) in
                try await isChanged(change)
            }
        case .card(let binding):
            OrderStep { [self] entry async throws(SystemsError) in try await bind(binding, of: entry) }
        case .orderCustomer(let place) where tablet(of: place.lane) != nil:
            OrderStep { [self] _ async throws(SystemsError) in try await attach(place) }
        case .sale(let sale):
            OrderStep { [self] _ async throws(SystemsError) in
                source.refresh(try clientID(sale.customer), after: .seconds(settings.integer("refresh_seconds")))
            }
        case .permission, .benefit, .orderCustomer: nil
        }
    }

    package func knows(_ customer: CustomerAddress) -> Bool { (try? clientID(customer)) != nil }

    /// - Throws: ``SystemsError`` `refused` for a customer who is no client of this Poster.
    fileprivate func clientID(_ customer: CustomerAddress) throws(SystemsError) -> String {
        for id in customer.externalIDs {
            if let clientID = PosterClientRow.clientID(in: id, system: client.name) { return clientID }
        }
        throw SystemsError(.refused, "The customer is no client of \(client.name). Drop it.", isAnswer: true)
    }

    // MARK: Customers

    private func create(_ customer: NewCustomer) async throws(SystemsError) {
        guard let phone = customer.phone else {
            throw SystemsError(
                .refused, "Poster knows clients by their phone number, and there is none.", isAnswer: true)
        }
        let group = customer.group.isEmpty ? settings.text("new_customers_group") : customer.group
        if let known = try await find(phone: phone) {
            return source.refresh(known.clientID, after: .zero)
        }
        var fields = [("client_name", customer.name), ("client_groups_id_client", group), ("phone", phone)]
        if let email = customer.email { fields.append(("email", email)) }
        if let card = customer.card { fields.append(("card_number", card)) }
        // A phone number is one client's: telling it again finds him.
        let answer = try await api.post("clients.createClient", fields, isSafe: true)
        if let clientID = answer.plainText { source.refresh(clientID, after: .zero) }
    }

    private func find(phone: String) async throws(SystemsError) -> PosterClientRow? {
        let answer = try await api.get("clients.getClients", [("num", "10"), ("offset", "0"), ("phone", phone)])
        guard case .list(let nodes) = answer.value else { return nil }
        return nodes.compactMap { PosterClientRow($0) }.first { $0.phone == phone && !$0.isRemoved }
    }

    /// Corrects what nobody else has corrected since; of what somebody has, the configuration says who is right.
    private func correct(_ edit: CustomerEdit) async throws(SystemsError) {
        let clientID = try clientID(edit.customer)
        let row = try await api.row(clientID).row
        let present: [CustomerEdit.Field: String] = [.name: row.name, .phone: row.phone ?? "", .email: row.email ?? ""]
        var fields: [(String, String)] = []
        for field in CustomerEdit.Field.allCases {
            guard let wanted = edit.after[field], present[field] != wanted else { continue }
            let isOthers = edit.before[field].map { $0 != present[field] } ?? false
            if isOthers, settings.text("conflicts") == "source" { continue }
            fields.append((Self.names[field] ?? field.rawValue, wanted))
        }
        if !fields.isEmpty {
            _ = try await api.post("clients.updateClient", [("client_id", clientID)] + fields, isSafe: true)
        }
        source.refresh(clientID, after: .zero)
    }

    private func bind(_ binding: CardBinding, of entry: OutboxEntry) async throws(SystemsError) {
        let clientID = try clientID(binding.customer)
        _ = try await api.post(
            "clients.updateClient", [("client_id", clientID), ("card_number", binding.card)], isSafe: true)
        // A card that was linked at a till is known from the outbox alone; those that are made for all clients are listed soon enough.
        if !entry.subject.isEmpty { source.refresh(clientID, after: .zero) }
    }

    private static let names: [CustomerEdit.Field: String] = [.name: "client_name", .phone: "phone", .email: "email"]

    // MARK: Orders

    /// The register of a lane in Poster.
    private func tablet(of lane: String) -> String? {
        settings.optionalText("orders.spot") == nil ? nil : settings.table("orders.tablets")[lane]
    }

    /// Puts a client into an order that is open (`transactions.changeClient`): it says how the order is, and may be told again.
    private func attach(_ place: OrderCustomer) async throws(SystemsError) {
        guard let customer = place.customer else {
            throw SystemsError(
                .refused,
                "Nobody whom \(client.name) knows is in order \(place.order) any more, and it has no call that takes a client out "
                    + "of an order. If the register still shows one, take him off there; then drop this.",
                isAnswer: true)
        }
        guard let tablet = tablet(of: place.lane) else {
            throw SystemsError(
                .settingsWrong, "Lane \(place.lane) has no register in Poster. Write it into orders.tablets.")
        }
        let fields = [
            ("spot_id", settings.text("orders.spot")), ("spot_tablet_id", tablet), ("transaction_id", place.order),
            ("client_id", try clientID(customer)),
        ]
        let answer = try await api.post("transactions.changeClient", fields, isSafe: true)
        guard answer["err_code"]?.plainText == "0" else {
            throw SystemsError(
                .refused, "\(client.name) does not put the client into order \(place.order): it may be closed.",
                isAnswer: true)
        }
    }

    // MARK: Bonuses

    /// Poster knows no operation id. So the balance is written down before the change is made: the first step asks for it and puts
    /// the second into the outbox, which changes it only while it is still the same. When nobody knows whether that was done, the
    /// balance tells.
    private func changeBonuses(_ change: BonusChange, of entry: OutboxEntry) async throws(SystemsError) {
        let clientID = try clientID(change.customer)
        let count = try units.count(change.hundredths)
        let balance = try await api.bonuses(clientID)
        guard balance + change.hundredths >= 0 else {
            throw SystemsError(
                .refused, "The balance in Poster is too small for what is taken off.", isAnswer: true)
        }
        guard change.before == balance else {
            var next = change
            next.before = balance
            let step = BonusStep(following: entry)
            guard
                tools.post(
                    .bonusChange(next), to: client.name, operation: step.operation, subject: entry.subject)
            else {
                throw SystemsError(.unavailable, "The outbox does not take the second step. Check the disk.")
            }
            return
        }
        try await api.changeBonuses(clientID, count: count)
        // What was asked for was done: from here on a failure is one of looking.
        if let after = try? await api.bonuses(clientID) {
            try units.compare(before: balance, after: after, wanted: change.hundredths)
        }
        source.refresh(clientID, after: .zero)
    }

    /// Whether a change was made whose answer nobody got; `nil` when the balance moved otherwise.
    private func isChanged(_ change: BonusChange) async throws(SystemsError) -> Bool? {
        guard let before = change.before else { return false }
        let now = try await api.bonuses(try clientID(change.customer))
        if now == before { return false }
        return now == before + change.hundredths ? true : nil
    }
}

extension PosterConnector: BonusKeeper {
    package func balance(of customer: CustomerAddress) async throws(SystemsError) -> Int64 {
        try await api.bonuses(try clientID(customer))
    }
}
