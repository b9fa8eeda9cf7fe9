/// Why a row, or a part of it, was not taken.
package enum RejectionReason: String, Sendable, CaseIterable {
    /// A quotation mark is opened and not closed within ``SystemsLimits/rowBytesMax``.
    case quoteUnclosed
    /// A quotation mark stands within a value, or something follows the closing one (RFC 4180, section 2).
    case quoteMisplaced
    case rowTooLong
    /// The row has fewer values than the first line has names.
    case cellsMissing
    /// The row has more values than the first line has names.
    case cellsTooMany
    /// The bytes are no text in the feed's encoding.
    case encodingWrong
    /// The line is no JSON (RFC 8259), or goes beyond ``SystemsLimits``.
    case jsonBroken
    /// The line is JSON, and no object.
    case objectMissing
    /// The customer's key is empty or not there, or too long.
    case keyUnusable
    /// When the customer was changed, or whether he is removed, cannot be read.
    case changeUnreadable
    /// A text or list is longer than the local copy allows.
    case tooLarge
    /// Another customer of the company has the same card or number already.
    case identifierTaken
    /// The customer was erased, and the row is not newer than that.
    case erased
    /// A phone number, e-mail or code cannot be understood. The customer was taken without it.
    case identifierLeftOut
    /// A number, a date or a permission cannot be understood. The customer was taken without it.
    case valueLeftOut
    /// The company has as many groups as there may be. The customer was taken without the further one.
    case groupLeftOut

    /// Whether nothing of the row was taken.
    package var isRefusal: Bool {
        switch self {
        case .identifierLeftOut, .valueLeftOut, .groupLeftOut: false
        default: true
        }
    }

    /// The reason in words, as a part of a sentence.
    package var words: String {
        switch self {
        case .quoteUnclosed: "a quotation mark is not closed"
        case .quoteMisplaced: "a quotation mark is in the wrong place: double those within a value"
        case .rowTooLong: "the row is longer than \(SystemsLimits.rowBytesMax) bytes"
        case .cellsMissing: "the row has fewer values than the first line has names"
        case .cellsTooMany: "the row has more values than the first line has names"
        case .encodingWrong: "the bytes are no text in this encoding"
        case .jsonBroken: "this is no JSON"
        case .objectMissing: "the line is no JSON object"
        case .keyUnusable: "the customer's key is missing or too long"
        case .changeUnreadable: "when it was changed, or whether it is removed, cannot be read"
        case .tooLarge: "a value or list is too long"
        case .identifierTaken: "another customer has this card or number"
        case .erased: "the customer was erased, and this is not newer"
        case .identifierLeftOut: "taken without an identifier that cannot be understood"
        case .valueLeftOut: "taken without a value that cannot be understood"
        case .groupLeftOut: "taken without a group: there are too many"
        }
    }
}
