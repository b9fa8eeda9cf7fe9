import Customers
import Foundation
import Journal
import Systems
import Transport
import Wire

extension ChangeService {
    private static let textBytesMax = 256

    func join(_ request: JoinRequest, _ context: CallContext) throws(Status) -> Change {
        let entry = try taker(request, context.caller)
        let name = try text(request.name, "name")
        let newCustomer = NewCustomer(
            name: name, phone: try phone(request.phone), email: try email(request.email),
            group: try text(request.group, "group"), card: request.card.isEmpty ? nil : try card(request.card),
            permissions: Dictionary(request.permissions.map { ($0.name, $0.granted) }) { $1 })
        guard newCustomer.phone != nil || newCustomer.email != nil else {
            throw Status(.argumentInvalid, "A customer needs a phone number or an e-mail address.")
        }
        audit.note(context.caller, "Changes/Join")
        // He is known in this store at once, and goes on as the one whom the system gives later. A retry of one that was asked
        // for before may come after that.
        let (provisional, operation) = (ProvisionalCustomers(replica: replica, outbox: outbox), context.operation)
        return Change(
            order: .newCustomer(newCustomer), system: entry.client.name, subject: provisional.id(operation: operation)
        ) { [newCustomer, outbox] entry in
            await StoreEnrolments.onDisk {
                // It may have come to its end before he was made.
                guard let queued = try? outbox.entry(entry), queued.standing.state != .dropped else { return }
                provisional.make(newCustomer, operation: operation, at: queued.standing.createdAt)
                provisional.changed(queued)
            }
        }
    }

    /// The system that a new customer goes to.
    /// - Throws: ``Wire/Status`` SELF_ENROLMENT, SYSTEM_UNKNOWN or SYSTEM_MISSING.
    private func taker(_ request: JoinRequest, _ caller: Caller) throws(Status) -> any OrderReceiver {
        let order = SystemOrder.newCustomer(NewCustomer(name: ""))
        let entries = systems.entries.filter { request.system.isEmpty || $0.settings.name == request.system }
        guard !entries.isEmpty || request.system.isEmpty else {
            throw Status(.systemUnknown, "The configuration has no system of that name.")
        }
        for entry in entries {
            guard let receiver = entry.connector as? any OrderReceiver, receiver.takes(order) else { continue }
            return receiver
        }
        for entry in entries {
            guard case .bySelf(let url)? = entry.connector?.enrolment else { continue }
            if caller.lane == nil || caller.lane == request.lane { showEnrolment(at: request.lane) }
            throw Status(
                .selfEnrolment,
                "Customers of \(entry.settings.name) make themselves a card, and nobody else can: at \(url).")
        }
        throw Status(.systemMissing, "No system of this store takes new customers.")
    }

    /// Shows the customer where to join.
    private func showEnrolment(at lane: String) {
        lanes.execute { lanes in
            guard let host = try? lanes.host(lane) else { return }
            host.perform { $0.showEnrolment(now: $1) }
        }
    }

    func correct(_ request: CorrectCustomerRequest, _ context: CallContext) throws(Status) -> Change {
        let (customer, source) = try customer(request.customer)
        let address = CustomerAddress(customer)
        var after: [CustomerEdit.Field: String] = [:]
        if !request.name.isEmpty { after[.name] = try text(request.name, "name") }
        if let phone = try phone(request.phone) { after[.phone] = phone }
        if let email = try email(request.email) { after[.email] = email }
        guard !after.isEmpty else {
            throw Status(.argumentInvalid, "Nothing is corrected: give a name, phone or email.")
        }
        let before: [CustomerEdit.Field: String] = [
            .name: customer.name, .phone: address.phone ?? "", .email: address.email ?? "",
        ]
        let order = SystemOrder.customerChange(
            CustomerEdit(customer: address, before: before.filter { after[$0.key] != nil }, after: after))
        let receiver = try receiver(of: order, for: address, source: source)
        audit.note(context.caller, "Changes/Correct", customer: customer.id)
        return Change(order: order, system: receiver.client.name, subject: customer.id)
    }

    func setPermission(_ request: SetPermissionRequest, _ context: CallContext) throws(Status) -> Change {
        let (customer, source) = try customer(request.customer)
        guard let permission = request.permission, !permission.name.isEmpty else {
            throw Status(.argumentInvalid, "A permission has a name: email, sms, post, push or profiling.")
        }
        let address = CustomerAddress(customer)
        let order = SystemOrder.permission(
            PermissionChange(
                customer: address, name: try text(permission.name, "permission"), granted: permission.granted,
                text: request.text, at: Date()))
        let receiver = try receiver(of: order, for: address, source: source)
        audit.note(context.caller, "Changes/SetPermission", customer: customer.id)
        return Change(order: order, system: receiver.client.name, subject: customer.id)
    }

    func linkCard(_ request: LinkCardRequest, _ context: CallContext) throws(Status) -> Change {
        let (customer, source) = try customer(request.customer)
        guard !request.card.isEmpty else { throw Status(.argumentInvalid, "The request holds no card.") }
        let card = try card(request.card)
        let code = LabelCode(data: request.card, family: .none)
        switch try? recogniser.resolve(code).resolution {
        case .customer(let other, _)? where other.id != customer.id:
            throw Status(.cardTaken, "The card is another customer's. Ask for another one, or have it freed first.")
        case .ambiguous?, .pending?:
            throw Status(.cardTaken, "The card stands for something else already. Ask for another one.")
        default: break
        }
        let address = CustomerAddress(customer)
        let order = SystemOrder.card(CardBinding(customer: address, card: card))
        let receiver = try receiver(of: order, for: address, source: source)
        audit.note(context.caller, "Changes/LinkCard", customer: customer.id)
        return Change(order: order, system: receiver.client.name, subject: customer.id) { [linkedCards, outbox] entry in
            linkedCards.link(code, to: customer.id, entry: entry)
            // It may have come to its end before it was linked.
            await StoreEnrolments.onDisk {
                if let now = try? outbox.entry(entry) { linkedCards.changed(now) }
            }
        }
    }

    func changeBonuses(_ request: ChangeBonusesRequest, _ context: CallContext) async throws(Status) -> Change {
        let (customer, source) = try customer(request.customer)
        guard request.hundredths != 0, abs(request.hundredths) <= 100_000_000_00 else {
            throw Status(.argumentInvalid, "Bonuses are changed by something, and by less than 100,000,000.")
        }
        let address = CustomerAddress(customer)
        var change = BonusChange(customer: address, hundredths: request.hundredths)
        let receiver = try receiver(of: .bonusChange(change), for: address, source: source)
        // What is taken off has to be there now. What is added can wait.
        if request.hundredths < 0 {
            change.before = try await balance(of: address, receiver, atLeast: -request.hundredths)
        }
        audit.note(context.caller, "Changes/ChangeBonuses", customer: customer.id)
        return Change(order: .bonusChange(change), system: receiver.client.name, subject: customer.id)
    }

    private func balance(
        of customer: CustomerAddress, _ receiver: any OrderReceiver, atLeast wanted: Int64
    ) async throws(Status) -> Int64 {
        let balance: Int64
        do throws(SystemsError) {
            guard let keeper = receiver as? any BonusKeeper else {
                throw SystemsError(.settingsWrong, "\(receiver.client.name) keeps no bonuses.")
            }
            balance = try await keeper.balance(of: customer)
        } catch {
            throw Status(
                .systemAway,
                "Bonuses cannot be taken off while nobody knows the balance. Ask for another payment, or try later. "
                    + error.message)
        }
        guard balance >= wanted else {
            throw Status(.balanceTooSmall, "The balance is smaller than what is to be taken off.")
        }
        return balance
    }

    // MARK: What was typed

    private func text(_ text: String, _ name: String) throws(Status) -> String {
        guard text.utf8.count <= Self.textBytesMax, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw Status(.argumentInvalid, "The \(name) is longer than \(Self.textBytesMax) bytes, or no text.")
        }
        return text
    }

    private func phone(_ text: String) throws(Status) -> String? {
        guard !text.isEmpty else { return nil }
        guard let number = PhoneNumber(text, region: region) else {
            throw Status(.argumentInvalid, "This is no phone number. Ask once more, with the country code.")
        }
        return number.e164
    }

    private func email(_ email: String) throws(Status) -> String? {
        guard !email.isEmpty else { return nil }
        guard Customers.Identifier(type: .email, value: email).isUnderstood(in: region) else {
            throw Status(.argumentInvalid, "This is no e-mail address. Ask once more.")
        }
        return try text(email, "email")
    }

    private func card(_ bytes: [UInt8]) throws(Status) -> String {
        guard let card = String(validating: bytes, as: UTF8.self),
            !PaymentCard.matches(LabelCode(data: bytes, family: .none))
        else {
            throw Status(.argumentInvalid, "This is no customer card.")
        }
        return try text(card, "card")
    }
}
