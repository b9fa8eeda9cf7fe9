import Wire

extension Status {
    /// Whether a connection that ended for this broke a rule. One that found no place or was slow did not: it cost little,
    /// and others of its address would wait for it.
    var isOffence: Bool {
        guard ![WireReason.tooManyConnections.name, WireReason.gaveWay.name].contains(reason) else { return false }
        switch statusCode {
        case .invalidArgument, .resourceExhausted, .unimplemented, .unauthenticated: return true
        default: return false
        }
    }
}
