/// Whether a customer whom a source gives is one who was made in the store.
///
/// The same card, or the same number in a system, is the same customer. A phone number or an e-mail address may be a family's:
/// it takes the name as well, as far as both have one, and nothing that speaks against it.
struct ProvisionalMeeting {
    enum Likeness {
        case same
        case likely
        case another
    }

    private let forms: Set<IdentifierForm>
    private let words: Set<String>

    init(_ customer: PreparedCustomer) {
        forms = Set(customer.entries.map(\.form))
        words = Set(NameFolding.words(customer.record.name))
    }

    func likeness(of record: RecordDecoder.Record, region: PhoneRegion) -> Likeness {
        let others = Set(IdentifierForm.forms(of: record.identifiers, region: region))
        let shared = forms.intersection(others)
        if shared.contains(where: { !$0.isShared }) { return .same }
        for type in [IdentifierType.phone, .email] {
            let (mine, theirs) = (forms.filter { $0.type == type }, others.filter { $0.type == type })
            if !mine.isEmpty, !theirs.isEmpty, mine.isDisjoint(with: theirs) { return .another }
        }
        guard shared.contains(where: { $0.type == .phone || $0.type == .email }) else { return .another }
        let names = Set(NameFolding.words(record.name))
        return names.isSubset(of: words) || words.isSubset(of: names) ? .likely : .another
    }
}
