import Synchronization

/// A call to a part of the edge that is made later than its caller. Until then nobody is there.
final class Hook<Call: Sendable>: Sendable {
    private let present: Mutex<Call>

    /// - Parameter nobody: what is called until somebody is there.
    init(_ nobody: Call) { present = Mutex(nobody) }

    var call: Call { present.withLock { $0 } }

    func set(_ call: Call) { present.withLock { $0 = call } }
}
