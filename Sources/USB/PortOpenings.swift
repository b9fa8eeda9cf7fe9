/// The devices that are being opened beside the event thread: a value without threads.
///
/// The kernel opens a device only when it has no work of its own with it, and the work by which it takes back a device that
/// does not answer lasts long. A device is therefore not opened before the port that held it last is closed.
struct PortOpenings {
    typealias Completion = @Sendable (USBError?) -> Void

    private struct Opening {
        var isUnderWay: Bool
        var completions: [Completion]
    }

    private var openings: [UInt64: Opening] = [:]

    /// Whether the system is opening a device just now.
    var isAnyUnderWay: Bool { openings.values.contains(where: \.isUnderWay) }

    /// - Parameter isClosing: whether an older port of the device is still being closed.
    /// - Returns: whether the opening is to begin now.
    mutating func ask(_ plug: UInt64, isClosing: Bool, _ completion: @escaping Completion) -> Bool {
        guard openings[plug] == nil else {
            openings[plug]?.completions.append(completion)
            return false
        }
        openings[plug] = Opening(isUnderWay: !isClosing, completions: [completion])
        return !isClosing
    }

    /// The older port of a device is closed.
    /// - Returns: whether an opening is to begin now.
    mutating func portClosed(_ plug: UInt64) -> Bool {
        guard openings[plug]?.isUnderWay == false else { return false }
        openings[plug]?.isUnderWay = true
        return true
    }

    /// - Returns: who waits for the opening that has ended.
    mutating func ended(_ plug: UInt64) -> [Completion] { openings.removeValue(forKey: plug)?.completions ?? [] }

    /// - Returns: who waits for an opening that will not begin any more, since the device left.
    mutating func left(_ plug: UInt64) -> [Completion] {
        openings[plug]?.isUnderWay == false ? ended(plug) : []
    }

    /// - Returns: who waits for openings that will not begin any more, since the bus is stopping.
    mutating func stop() -> [Completion] {
        let waiting = openings.filter { !$0.value.isUnderWay }.keys
        return waiting.flatMap { ended($0) }
    }
}
