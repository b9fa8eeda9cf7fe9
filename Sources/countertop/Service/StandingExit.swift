import ArgumentParser
import CountertopClient
import Edge

/// How the verbs that look at an edge end, for scripts: the same of all of them.
enum StandingExit: Int32 {
    /// All is well.
    case well = 0
    /// Something should be looked after.
    case care = 1
    /// Something does not work, or nobody answers.
    case fault = 2

    /// Of what an edge says of itself.
    init(_ status: StatusAnswer) {
        let worst = status.findings.map { FindingLevel($0) }.max() ?? .note
        switch status.state {
        case .serving where worst == .note: self = .well
        case .serving, .degraded: self = .care
        default: self = .fault
        }
    }

    /// Of what was found in an installation; what could not be told is nothing that is known to be wrong.
    init(_ severity: Diagnosis.Severity) {
        self =
            switch severity {
            case .fine, .unknown: .well
            case .warning: .care
            case .wrong: .fault
            }
    }

    /// What the verbs' help says of it.
    static let help =
        "It ends with 0 when all is well, with 1 when something should be looked after, and with 2 when something does not work."

    /// - Throws: `ExitCode` unless all is well.
    func end() throws {
        guard self != .well else { return }
        throw ExitCode(rawValue)
    }
}
