import USB

extension AttachedDevice {
    /// Follows up how a write ended.
    /// - Parameter endpoint: where it went; `nil` for a control transfer.
    /// - Returns: whether the device is being reset or opened anew, so that nothing is to be sent to it.
    func followWrite(_ end: USBCompletion, to endpoint: UInt8?) -> Bool {
        // A stalled endpoint takes nothing until its halt is cleared. If that fails, so will the next write, and its end counts.
        if end == .stalled { clearHalt(ofOutput: endpoint) }
        switch writeRecovery.next(after: end, hasEndpoint: endpoint != nil, at: .now) {
        case .nothing: return isResetting
        case .clearHalt:
            clearHalt(ofOutput: endpoint)
            return false
        case .reset:
            if !isResetting { reset() }
            return true
        case .reopen:
            reopen("It takes nothing of what it is sent, so it is opened anew.")
            return true
        case .tell:
            if !lines.isEmpty { complain(Self.takesNothing) }
            return false
        }
    }

    private func clearHalt(ofOutput endpoint: UInt8?) {
        if let endpoint { port?.clearHalt(endpoint: endpoint) { _ in } }
    }

    private static let takesNothing = """
        The scanner takes no orders, so it does not beep for the edge and cannot be kept from reading. Neither a reset nor opening \
        it anew has helped. Plug it in again; if that does not help, try another cable or port.
        """
}
