/// Keeps transfers pending on an IN endpoint until one does not complete.
///
/// After the first that does not, the others are cancelled and awaited, so that nothing is in flight when the end is told
/// and the endpoint can be read again at once. What still arrives meanwhile is handed over before the end: a report that
/// the host took from the device is never dropped.
final class LibUSBReading {
    typealias Handler = @Sendable (USBCompletion) -> Void

    /// Called once, when nothing is in flight any more.
    private let onEnd: (LibUSBReading) -> Void
    private var handler: Handler?
    private var transfers: [LibUSBTransfer]
    private var ending: USBCompletion?

    init(transfers: [LibUSBTransfer], handler: @escaping Handler, onEnd: @escaping (LibUSBReading) -> Void) {
        self.transfers = transfers
        self.handler = handler
        self.onEnd = onEnd
        for transfer in transfers {
            transfer.onEnd = { [weak self] in self?.transferEnded($0) }
        }
    }

    /// - Returns: libusb's status when the first transfer could not be submitted; nothing is in flight then.
    func start() -> Int32 {
        for (index, transfer) in transfers.enumerated() {
            let status = transfer.submit()
            if status != 0 {
                if index == 0 { return status }
                end(with: USBCompletion(submission: status))
                break
            }
        }
        return 0
    }

    /// Says nothing to the handler any more.
    func silence() { handler = nil }

    /// Ends the reading without a word to the handler.
    func drop() {
        handler = nil
        end(with: .cancelled)
    }

    /// Ends the reading. The handler is told when the transfers have come back, after what they still bring.
    func end(with completion: USBCompletion) {
        if ending == nil { ending = completion }
        for transfer in transfers { transfer.cancel() }
    }

    private func transferEnded(_ transfer: LibUSBTransfer) {
        let completion = USBCompletion(status: transfer.status, bytes: transfer.received)
            .keepingReport(transfer.received)
        if case .completed = completion {
            handler?(completion)
            if ending == nil {
                let status = transfer.submit()
                if status != 0 { end(with: USBCompletion(submission: status)) }
            }
        } else {
            end(with: completion)
        }
        finishWhenIdle()
    }

    private func finishWhenIdle() {
        guard let ending, !transfers.isEmpty, transfers.allSatisfy({ !$0.isInFlight }) else { return }
        transfers = []
        let handler = handler
        self.handler = nil
        onEnd(self)
        handler?(ending)
    }
}
