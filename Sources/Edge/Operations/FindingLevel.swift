package import Wire

/// How much a finding asks of whoever reads it.
package enum FindingLevel: Int, Comparable, Sendable {
    /// It tells what goes on, and nothing has to be done.
    case note
    /// Somebody has something to do, and the edge does all of its work meanwhile.
    case errand
    /// The edge does its work, and something is missing.
    case lack
    /// The edge, or one of its services, cannot do its work.
    case stop

    private static let notes: Set<String> = ["KEY_CHANGING"]
    private static let errands: Set<String> = ["KEY_RETIRABLE"]
    private static let stops: Set<String> = ["REPLICA_UNREADABLE"]

    package init(_ finding: Finding) {
        self =
            switch finding.reason {
            case _ where Self.notes.contains(finding.reason): .note
            case _ where Self.errands.contains(finding.reason): .errand
            case _ where Self.stops.contains(finding.reason): .stop
            default: .lack
            }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
