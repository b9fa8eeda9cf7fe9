import Customers
import Foundation

/// Makes changes of customers out of rows, by a feed's mapping.
struct RowMapping: Sendable {
    let mapping: FieldMapping
    let region: PhoneRegion
    /// When the source's data are from, for rows that do not say when they were changed.
    let asOf: Date

    /// - Parameter log: takes what was left out of the row.
    /// - Throws: ``Rejection``: why nothing of the row is taken.
    func change(_ values: RowValues, _ log: inout RejectionLog) throws(Rejection) -> CustomerChange {
        guard let key = try texts(.key, values, .keyUnusable).first,
            key.text.utf8.count <= CustomersLimits.keyBytesMax
        else { throw values.rejection(nil, .keyUnusable) }
        let (changedAt, isDated) = try changedAt(values)
        if let removed = try texts(.removed, values, .changeUnreadable).first {
            guard let isRemoved = FieldText.flag(removed.text) else {
                throw values.rejection(removed, .changeUnreadable)
            }
            if isRemoved { return .remove(key: key.text, at: changedAt) }
        }
        var record = CustomerRecord(key: key.text, name: "", changedAt: changedAt, isDated: isDated)
        try names(values, &record)
        identifiers(values, &record, &log)
        record.groupIDs = groups(values, &log)
        record.loyalty = loyalty(values, &log)
        record.permissions = permissions(values, changedAt, &log)
        record.benefits = benefits(values, &log)
        return .upsert(record)
    }

    /// - Returns: `nil` for a row of a customer who stays.
    /// - Throws: ``Rejection``: why nothing of the row is taken.
    func merge(_ values: RowValues) throws(Rejection) -> CustomerMerge? {
        guard let other = try texts(.mergedInto, values, .changeUnreadable).first else { return nil }
        guard let key = try texts(.key, values, .keyUnusable).first,
            key.text.utf8.count <= CustomersLimits.keyBytesMax
        else { throw values.rejection(nil, .keyUnusable) }
        guard other.text != key.text, other.text.utf8.count <= CustomersLimits.keyBytesMax else {
            throw values.rejection(other, .changeUnreadable)
        }
        return CustomerMerge(key: key.text, into: other.text, at: try changedAt(values).time)
    }

    /// When the customer was changed, and whether the row says so itself.
    private func changedAt(_ values: RowValues) throws(Rejection) -> (time: Date, isDated: Bool) {
        guard let value = try texts(.changedAt, values, .changeUnreadable).first else { return (asOf, false) }
        guard let time = FieldText.time(value.text) else { throw values.rejection(value, .changeUnreadable) }
        return (time, true)
    }

    private func names(_ values: RowValues, _ record: inout CustomerRecord) throws(Rejection) {
        record.name = try texts(.name, values, .tooLarge).map(\.text).joined(separator: " ")
        record.firstName = try texts(.firstName, values, .tooLarge).first?.text ?? ""
        record.language = try texts(.language, values, .tooLarge).first?.text ?? ""
        for (field, text) in [(RecordField.name, record.name), (.firstName, record.firstName)]
        where text.utf8.count > CustomersLimits.nameBytesMax {
            throw values.rejection(try texts(field, values, .tooLarge).first, .tooLarge)
        }
    }

    // MARK: Values

    /// The values of a field that a row cannot be taken without.
    private func texts(
        _ field: RecordField, _ values: RowValues, _ reason: RejectionReason
    ) throws(Rejection) -> [RowValues.Value] {
        do throws(RowValues.NoText) {
            return try values.values(mapping.paths(field))
        } catch {
            throw Rejection(line: error.rejection.line, column: error.rejection.column, reason: reason)
        }
    }

    /// The values of a field that a row can be taken without.
    private func values(
        _ field: RecordField, _ values: RowValues, _ log: inout RejectionLog
    ) -> [RowValues.Value] {
        do throws(RowValues.NoText) {
            return try values.values(mapping.paths(field))
        } catch {
            log.add(error.rejection)
            return []
        }
    }

    private static let identifierTypes: [(RecordField, IdentifierType)] = [
        (.customerCard, .customerCard), (.phone, .phone), (.email, .email), (.linkedCard, .linkedCard),
        (.externalID, .externalID),
    ]

    private func identifiers(_ row: RowValues, _ record: inout CustomerRecord, _ log: inout RejectionLog) {
        for (field, type) in Self.identifierTypes {
            for value in values(field, row, &log) {
                let identifier = Identifier(type: type, value: value.text)
                if record.identifiers.contains(identifier) { continue }
                if identifier.isUnderstood(in: region) {
                    record.identifiers.append(identifier)
                } else {
                    log.add(row.rejection(value, .identifierLeftOut))
                }
            }
        }
    }

    /// In one column several groups may stand with commas or semicolons between them.
    private func groups(_ row: RowValues, _ log: inout RejectionLog) -> [String] {
        var groups = mapping.allowed.contains(.groups) ? mapping.defaultGroups : []
        for value in values(.groups, row, &log) {
            for part in value.text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "|" }) {
                let group = String(part).trimmingSpaces
                guard !group.isEmpty, !groups.contains(group) else { continue }
                guard group.utf8.count <= CustomersLimits.groupBytesMax else {
                    log.add(row.rejection(value, .groupLeftOut))
                    continue
                }
                groups.append(group)
            }
        }
        return groups
    }

    private func loyalty(_ row: RowValues, _ log: inout RejectionLog) -> Loyalty {
        func number<Number>(_ field: RecordField, _ parse: (String) -> Number?) -> Number? {
            guard let value = values(field, row, &log).first else { return nil }
            guard let number = parse(value.text) else {
                log.add(row.rejection(value, .valueLeftOut))
                return nil
            }
            return number
        }
        return Loyalty(
            discountBasisPoints: number(.discount, FieldText.basisPoints),
            bonusesHundredths: number(.bonuses, FieldText.hundredths),
            cashbackBasisPoints: number(.cashback, FieldText.basisPoints))
    }
}
