package import Foundation

/// A customer who was enrolled in this store, by an identity of a system outside.
package struct Member: Sendable, Equatable {
    /// The system's own identity of the customer.
    package var subject: String
    /// The customer's opaque id in the local copy.
    package var customer: String
    /// The customer as enrolled here; `nil` when the customer was in the local copy before, from another source.
    package var record: CustomerRecord?
    /// What the customer agreed to, with text and time: the evidence.
    package var permissions: [Permission]
    package var enrolledAt: Date
    /// The id of the enrolment by which the customer became a member; `nil` when that was before it was kept, or never here.
    package var enrolment: String?

    package init(
        subject: String, customer: String, record: CustomerRecord?, permissions: [Permission], enrolledAt: Date,
        enrolment: String? = nil
    ) {
        self.enrolment = enrolment
        self.subject = subject
        self.customer = customer
        self.record = record
        self.permissions = permissions
        self.enrolledAt = enrolledAt
    }
}

/// A member as it is sealed.
struct SealedMember: Codable {
    struct Consent: Codable {
        let name: String
        let granted: Bool
        let text: String
        let changedAt: Int64
    }

    struct Identity: Codable {
        let type: Int
        let value: String
    }

    struct Record: Codable {
        let name: String
        let firstName: String
        let language: String
        let identifiers: [Identity]
        let groups: [String]
    }

    let subject: String
    let record: Record?
    let permissions: [Consent]
    let enrolment: String?

    init(_ member: Member) {
        enrolment = member.enrolment
        subject = member.subject
        record = member.record.map { record in
            Record(
                name: record.name, firstName: record.firstName, language: record.language,
                identifiers: record.identifiers.map { Identity(type: $0.type.rawValue, value: $0.value) },
                groups: record.groupIDs)
        }
        permissions = member.permissions.map {
            Consent(
                name: $0.name, granted: $0.granted, text: $0.consentText, changedAt: $0.changedAt.milliseconds)
        }
    }

    func member(customer: String, enrolledAt: Date) -> Member {
        let permissions = permissions.map {
            Permission(
                name: $0.name, granted: $0.granted, consentText: $0.text, changedAt: Date(milliseconds: $0.changedAt))
        }
        let record = record.map { record in
            CustomerRecord(
                key: subject, name: record.name, firstName: record.firstName, language: record.language,
                identifiers: record.identifiers.compactMap { identity in
                    IdentifierType(rawValue: identity.type).map { Identifier(type: $0, value: identity.value) }
                }, groupIDs: record.groups, permissions: permissions, changedAt: enrolledAt)
        }
        return Member(
            subject: subject, customer: customer, record: record, permissions: permissions, enrolledAt: enrolledAt,
            enrolment: enrolment)
    }
}
