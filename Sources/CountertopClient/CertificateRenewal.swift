public import Foundation

/// What became of renewing a till's certificate, for the till's log.
public enum CertificateRenewal: Sendable, CustomStringConvertible {
    /// A new one is kept.
    case renewed(until: Date?)
    /// The present one is good until then, and it is tried again within an hour; `nil` when it cannot be read.
    case failed(CountertopError, goodUntil: Date?)

    /// A sentence for people.
    public var description: String {
        switch self {
        case .renewed(let until): "The till's certificate was renewed\(Self.words(until))."
        case .failed(let error, let until):
            "The till's certificate could not be renewed: \(error) It is good\(Self.words(until)), and it is tried again within "
                + "an hour. Once its time is over the till has to be paired anew."
        }
    }

    private static func words(_ until: Date?) -> String {
        until.map { " until \($0.formatted(.iso8601))" } ?? " for an unknown time"
    }

    /// Writes failures to the standard error.
    public static let complain: @Sendable (CertificateRenewal) -> Void = { renewal in
        guard case .failed = renewal else { return }
        FileHandle.standardError.write(Data("\(renewal)\n".utf8))
    }
}
