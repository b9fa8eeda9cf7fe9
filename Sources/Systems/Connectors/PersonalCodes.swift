/// The codes by which an app shows whose phone it is on, and the system that says whose they are.
package protocol PersonalCodes: Sendable {
    /// How long a code waits for its phone number.
    var deadline: Duration { get }

    /// Whether a code is one of these. It is asked of each scan, before anything else is.
    func hold(_ code: [UInt8]) -> Bool

    /// The phone number that a code claims by itself, E.164; `nil` for one that only the system can read. Anybody can write such a
    /// code, so that it does while the system is away and for a greeting alone.
    func claimedPhone(_ code: [UInt8]) -> String?

    /// - Parameter code: the whole text as it was scanned.
    /// - Throws: ``SystemsError`` when the system does not answer in time, or not so that it can be understood.
    func exchange(_ code: [UInt8]) async throws(SystemsError) -> PersonalCodeAnswer

    /// Tells the customer's app whether the store knows the customer. It is a courtesy: whoever calls it waits for nothing, and
    /// what comes of it matters to nobody.
    /// - Parameter phone: E.164.
    func checkIn(_ phone: String, isMember: Bool) async
}

/// What a personal code turned out to be.
package enum PersonalCodeAnswer: Sendable, Equatable {
    /// E.164, with its plus sign.
    case phone(String)
    /// The system does not know it.
    case notRecognised
    /// It is older than the store takes, which the picture of a screen is.
    case tooOld
}

/// A system whose customers show a personal code.
package protocol PersonalCodeSource: Connector {
    associatedtype Codes: PersonalCodes

    var codes: Codes { get }
}
