import Customers
import Foundation

extension RowMapping {
    /// What the customer allows, as facts with their text and time. What a row does not say is not known, and never taken
    /// for yes.
    func permissions(_ row: RowValues, _ changedAt: Date, _ log: inout RejectionLog) -> [Permission] {
        guard mapping.allowed.contains(.permissions) else { return [] }
        var permissions: [Permission] = []
        func add(_ permission: Permission?, or rejection: @autoclosure () -> Rejection) {
            if let permission, !permissions.contains(where: { $0.name == permission.name }) {
                permissions.append(permission)
            } else {
                log.add(rejection())
            }
        }
        for columns in mapping.permissions {
            guard let granted = first(columns.granted, row) else { continue }
            add(
                permission(
                    columns.name, granted.text, columns.text.flatMap { first($0, row)?.text },
                    columns.changedAt.flatMap { first($0, row)?.text }, changedAt),
                or: row.rejection(granted, .valueLeftOut))
        }
        for node in row.objects(mapping.paths(.permissions)) {
            add(permission(node, changedAt), or: row.rejection(node, .valueLeftOut))
        }
        return permissions
    }

    private func first(_ path: FieldPath, _ row: RowValues) -> RowValues.Value? {
        (try? row.values([path]))?.first
    }

    /// `{"name": "email", "granted": true, "text": "…", "changed_at": "…"}`.
    private func permission(_ node: JSONNode, _ changedAt: Date) -> Permission? {
        guard let name = node["name"]?.plainText, let granted = node["granted"]?.plainText else { return nil }
        return permission(name, granted, node["text"]?.plainText, node["changed_at"]?.plainText, changedAt)
    }

    private func permission(
        _ name: String, _ granted: String, _ text: String?, _ time: String?, _ changedAt: Date
    ) -> Permission? {
        guard !name.isEmpty, name.utf8.count <= CustomersLimits.permissionNameBytesMax,
            (text ?? "").utf8.count <= CustomersLimits.consentBytesMax, let granted = FieldText.flag(granted)
        else { return nil }
        guard let time else {
            return Permission(name: name, granted: granted, consentText: text ?? "", changedAt: changedAt)
        }
        guard let date = FieldText.time(time) else { return nil }
        return Permission(name: name, granted: granted, consentText: text ?? "", changedAt: date)
    }
}

extension JSONNode {
    /// A text, a number or a flag as a text.
    var plainText: String? {
        switch value {
        case .text(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .list, .object: nil
        }
    }
}
