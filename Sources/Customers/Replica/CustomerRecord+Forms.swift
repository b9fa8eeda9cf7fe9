extension CustomerRecord {
    /// The forms of all identifiers, each once.
    func forms(region: PhoneRegion) -> [IdentifierForm] {
        IdentifierForm.forms(of: identifiers, region: region)
    }

    /// Why the record cannot be taken at all.
    var refusal: RowFinding.Reason? {
        guard (1...CustomersLimits.keyBytesMax).contains(key.utf8.count) else { return .keyUnusable }
        let names = [name, firstName, language].allSatisfy { $0.utf8.count <= CustomersLimits.nameBytesMax }
        let lists =
            identifiers.count <= CustomersLimits.identifiersMax
            && groupIDs.count <= CustomersLimits.groupsOfCustomerMax
            && permissions.count <= CustomersLimits.permissionsMax
        let texts = permissions.allSatisfy {
            $0.name.utf8.count <= CustomersLimits.permissionNameBytesMax
                && $0.consentText.utf8.count <= CustomersLimits.consentBytesMax
        }
        return names && lists && texts ? nil : .tooLarge
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
