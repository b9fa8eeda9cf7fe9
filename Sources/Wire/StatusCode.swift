/// How a call or a connection ended: gRPC's 17 codes, by their numbers.
public struct StatusCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// It went well.
    public static let ok = Self(rawValue: 0)
    /// The caller gave the call up.
    public static let cancelled = Self(rawValue: 1)
    /// Something failed that has no better code.
    public static let unknown = Self(rawValue: 2)
    /// The request makes no sense, whatever the edge's state is.
    public static let invalidArgument = Self(rawValue: 3)
    /// The deadline passed first.
    public static let deadlineExceeded = Self(rawValue: 4)
    /// What was asked for is not there.
    public static let notFound = Self(rawValue: 5)
    /// What was to be made is there already.
    public static let alreadyExists = Self(rawValue: 6)
    /// The caller is known and may not do this.
    public static let permissionDenied = Self(rawValue: 7)
    /// A limit is reached.
    public static let resourceExhausted = Self(rawValue: 8)
    /// The edge's state does not allow it now, and a retry alone will not help.
    public static let failedPrecondition = Self(rawValue: 9)
    /// Something else came first; start the sequence anew.
    public static let aborted = Self(rawValue: 10)
    /// Past the end of what is there.
    public static let outOfRange = Self(rawValue: 11)
    /// The edge has no such call or version.
    public static let unimplemented = Self(rawValue: 12)
    /// The edge broke one of its own rules.
    public static let `internal` = Self(rawValue: 13)
    /// Not now; try again later.
    public static let unavailable = Self(rawValue: 14)
    /// Data was lost or is damaged.
    public static let dataLoss = Self(rawValue: 15)
    /// The caller has not proved who it is.
    public static let unauthenticated = Self(rawValue: 16)

    private static let names = [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ]

    /// gRPC's name of the code ("NOT_FOUND"), or the number when it has none.
    public var name: String {
        rawValue < Self.names.count ? Self.names[Int(rawValue)] : String(rawValue)
    }

    public var description: String { name }
}
