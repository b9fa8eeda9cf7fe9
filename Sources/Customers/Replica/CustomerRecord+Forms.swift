extension CustomerRecord {
    /// The record without the identifiers that cannot be understood, its phone numbers as E.164 writes them, and the
    /// forms of its identifiers, each once.
    func understood(region: PhoneRegion) -> (record: CustomerRecord, forms: [IdentifierForm]) {
        var record = self
        var forms: [IdentifierForm] = []
        record.identifiers = identifiers.compactMap { identifier in
            let own = IdentifierForm.forms(of: identifier, region: region)
            for form in own where !forms.contains(form) { forms.append(form) }
            guard let first = own.first else { return nil }
            // A number that names its country is the same one after the store's region was set anew.
            guard identifier.type == .phone else { return identifier }
            return Identifier(type: .phone, value: String(decoding: first.value, as: UTF8.self))
        }
        return (record, forms)
    }

    /// Why the record cannot be taken at all.
    var refusal: RowFinding.Reason? {
        guard (1...CustomersLimits.keyBytesMax).contains(key.utf8.count) else { return .keyUnusable }
        let names = [name, firstName, language].allSatisfy { $0.utf8.count <= CustomersLimits.nameBytesMax }
        let lists =
            identifiers.count <= CustomersLimits.identifiersMax
            && groupIDs.count <= CustomersLimits.groupsOfCustomerMax
            && permissions.count <= CustomersLimits.permissionsMax && benefits.count <= CustomersLimits.benefitsMax
        let texts = permissions.allSatisfy {
            $0.name.utf8.count <= CustomersLimits.permissionNameBytesMax
                && $0.consentText.utf8.count <= CustomersLimits.consentBytesMax
        }
        let offers = benefits.allSatisfy {
            (1...CustomersLimits.benefitIDBytesMax).contains($0.id.utf8.count)
                && $0.title.utf8.count <= CustomersLimits.benefitTitleBytesMax
        }
        return names && lists && texts && offers ? nil : .tooLarge
    }
}

extension IdentifierForm {
    /// The forms of several identifiers, each once.
    static func forms(of identifiers: [Identifier], region: PhoneRegion) -> [IdentifierForm] {
        var forms: [IdentifierForm] = []
        for identifier in identifiers {
            for form in Self.forms(of: identifier, region: region) where !forms.contains(form) { forms.append(form) }
        }
        return forms
    }
}
