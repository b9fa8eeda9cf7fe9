/// How far an enrolment has come.
public struct EnrolmentState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// The system is asked to ask the customer.
    public static let starting = Self(rawValue: 1)
    /// The customer has been asked, and has not answered yet.
    public static let waiting = Self(rawValue: 2)
    /// As WAITING; the system wants to be asked less often.
    public static let slowedDown = Self(rawValue: 3)
    /// As WAITING, but the system cannot be reached just now. It goes on when it is there again before the time is
    /// over.
    public static let unreachable = Self(rawValue: 4)
    /// The customer agreed; what the customer let be told is fetched.
    public static let agreed = Self(rawValue: 5)
    /// Several customers of the local copy may be this one: the cashier chooses (Choose).
    public static let choose = Self(rawValue: 6)
    /// The customer is enrolled and recognised from now on.
    public static let done = Self(rawValue: 7)
    /// The customer did not answer in time.
    public static let expired = Self(rawValue: 8)
    /// The customer said no.
    public static let denied = Self(rawValue: 9)
    /// The customer's app is too old for this.
    public static let appTooOld = Self(rawValue: 10)
    /// Nobody with this number can be asked: no account, or one that may not. Go on by hand.
    public static let noAccount = Self(rawValue: 11)
    /// The customer was asked too often; `retry_after_ms` says when it may be tried again.
    public static let tooMany = Self(rawValue: 12)
    /// Somebody cancelled it.
    public static let cancelled = Self(rawValue: 13)
    /// It cannot be done; `message` says why.
    public static let failed = Self(rawValue: 14)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .starting: "STARTING",
        .waiting: "WAITING",
        .slowedDown: "SLOWED_DOWN",
        .unreachable: "UNREACHABLE",
        .agreed: "AGREED",
        .choose: "CHOOSE",
        .done: "DONE",
        .expired: "EXPIRED",
        .denied: "DENIED",
        .appTooOld: "APP_TOO_OLD",
        .noAccount: "NO_ACCOUNT",
        .tooMany: "TOO_MANY",
        .cancelled: "CANCELLED",
        .failed: "FAILED",
    ]
}
