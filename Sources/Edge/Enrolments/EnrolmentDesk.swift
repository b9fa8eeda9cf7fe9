import Customers
import Foundation
import Logging
import Systems

/// Carries out an enrolment's steps: it asks the system, looks into the local copy, and writes the member down.
struct EnrolmentDesk: Sendable {
    private let parts: StoreEnrolments.Parts

    init(_ parts: StoreEnrolments.Parts) {
        self.parts = parts
    }

    /// - Parameter enrolment: the id of the enrolment whose step it is.
    func carryOut(_ step: Enrolment.Step, phone: String, of enrolment: String) async -> Enrolment.Event {
        let login = parts.login
        switch step {
        case .askAccount: return .account(try? await login.hasAccount(phone))
        case .start(let binding):
            return .start(
                await result { () async throws(SystemsError) in try await login.start(phone, binding: binding) })
        case .poll(let request):
            return .poll(await result { () async throws(SystemsError) in try await login.poll(request) })
        case .fetchProfile(let token):
            return .profile(await result { () async throws(SystemsError) in try await login.profile(token) })
        case .findCustomer(let profile): return await StoreEnrolments.onDisk { find(profile) }
        case .enrol(let profile, let customer):
            let event = await StoreEnrolments.onDisk { enrol(profile, as: customer, by: enrolment) }
            if case .enrolled = event {
                let enroller = parts.enroller
                // A courtesy, which nobody waits for.
                Task { await enroller.welcome(profile.phone) }
            }
            return event
        }
    }

    private func result<Value>(
        _ work: () async throws(SystemsError) -> Value
    ) async -> Result<Value, SystemsError> {
        do throws(SystemsError) {
            return .success(try await work())
        } catch {
            return .failure(error)
        }
    }

    // MARK: The local copy

    private func find(_ profile: LoginProfile) -> Enrolment.Event {
        do {
            let member = try parts.register.member(profile.subject, of: parts.system)
            let known = try member.flatMap { member in
                try parts.recogniser.ask { try $0.customer(id: member.customer) }?.0
            }
            let byPhone = try customers(.phone, profile.phone)
            let byEmail = profile.email.isEmpty ? nil : try customers(.email, profile.email)
            return .link(AccountLink.decide(profile, known: known, byPhone: byPhone, byEmail: byEmail))
        } catch {
            return .notEnrolled(Self.diskFailed)
        }
    }

    private func customers(_ type: Customers.IdentifierType, _ value: String) throws -> [Customers.Customer] {
        switch try parts.recogniser.ask({ try $0.resolve(Identifier(type: type, value: value)) }).resolution {
        case .customer(let customer, _): [customer]
        case .ambiguous(let customers, _): customers
        default: []
        }
    }

    private func enrol(
        _ profile: LoginProfile, as customer: Customers.Customer?, by enrolment: String
    ) -> Enrolment.Event {
        let now = parts.now().wall
        let permissions = profile.permissions(membershipText: parts.login.consentText, now: now)
        let ownID = parts.replica.customerID(feed: parts.system, key: profile.subject)
        do {
            if let customer, customer.id != ownID {
                // Somebody else's customer: what was agreed to is kept here, and the identity leads to the customer from now on.
                try parts.register.keep(
                    Member(
                        subject: profile.subject, customer: customer.id, record: nil, permissions: permissions,
                        enrolledAt: now), of: parts.system)
                return .enrolled(customer, wasMember: true)
            }
            // Whom this very enrolment wrote down before the edge ended amid it is as new as he was then.
            let before = try parts.register.member(profile.subject, of: parts.system)?.enrolment
            let isNew = customer == nil || before == enrolment
            let member = Member(
                subject: profile.subject, customer: ownID, record: record(profile, permissions, now),
                permissions: permissions, enrolledAt: now, enrolment: isNew ? enrolment : before)
            let entry = MemberEntry(subject: profile.subject, enrolment: enrolment, isNew: isNew)
            try parts.entries.begin(entry, of: member)
            try parts.entries.finish(entry, of: member)
            guard let (enrolled, _) = try parts.recogniser.askAnew({ try $0.customer(id: ownID) }) else {
                return .notEnrolled(Self.diskFailed)
            }
            return .enrolled(enrolled, wasMember: !isNew)
        } catch {
            return .notEnrolled(Self.diskFailed)
        }
    }

    private func record(_ profile: LoginProfile, _ permissions: [Customers.Permission], _ now: Date) -> CustomerRecord {
        var identifiers = [Identifier(type: .phone, value: profile.phone)]
        if !profile.email.isEmpty { identifiers.append(Identifier(type: .email, value: profile.email)) }
        return CustomerRecord(
            key: profile.subject, name: profile.name, firstName: profile.firstName, language: profile.language,
            identifiers: identifiers, permissions: permissions, changedAt: now)
    }

    private static let diskFailed =
        "The customer agreed, but the edge could not write it down. Check the edge's disk, and start again."
}
