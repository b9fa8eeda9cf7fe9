/// Something that one device is told, of which somebody wants to know how it ended.
package enum DeviceOrder: Sendable, Equatable {
    case tell(ScannerSignal)
    /// A screen for a display.
    case show(DisplayScreen)
}

/// How an order ended.
package enum DeviceOrderEnd: String, Sendable, CaseIterable {
    /// The device took it.
    case done
    /// The device has nothing that could do it.
    case impossible
    /// The device did not take it, or not in time.
    case refused
    /// Something newer took its place before it was sent.
    case superseded
    /// No such device is ready.
    case absent
}
