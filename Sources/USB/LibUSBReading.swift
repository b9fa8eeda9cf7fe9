/// A transfer that a reading keeps pending: libusb's, or a test's.
protocol ReadingTransfer: AnyObject {
    var isInFlight: Bool { get }
    /// How it ended last, with what came.
    var completion: USBCompletion { get }
    /// What follows its end.
    var onCompletion: (() -> Void)? { get set }

    /// - Returns: libusb's status; 0 means that ``onCompletion`` will be called, anything else that it will not.
    func submit() -> Int32
    /// Asks for its end. It still ends by ``onCompletion``, perhaps with data.
    func cancel()
}

/// Keeps transfers pending on an IN endpoint until one does not complete.
///
/// After the first that does not, the others are cancelled and awaited, so that nothing is in flight when the end is told
/// and the endpoint can be read again at once. A report that the host took from the device is never dropped: what still
/// arrives is handed over before the end, unless a fault lies between it and what was handed over last. Then a report may be
/// missing in front of it, so it comes behind the fault: see ``afterFault``.
final class LibUSBReading {
    typealias Handler = @Sendable (USBCompletion) -> Void

    /// Called once, when nothing is in flight any more.
    private let onEnd: (LibUSBReading) -> Void
    /// Called when a paused reading has come to rest.
    private let onRest: () -> Void
    private let handler: Handler
    private var isSilent = false
    private var transfers: [any ReadingTransfer]
    private var ending: USBCompletion?
    private var isPaused = false
    /// What came behind the fault that ended the reading, in its order, for whoever reads the endpoint next.
    private(set) var afterFault: [USBCompletion] = []

    init(
        transfers: [any ReadingTransfer], handler: @escaping Handler, onRest: @escaping () -> Void = {},
        onEnd: @escaping (LibUSBReading) -> Void
    ) {
        self.transfers = transfers
        self.handler = handler
        self.onRest = onRest
        self.onEnd = onEnd
        for transfer in transfers {
            transfer.onCompletion = { [weak self, weak transfer] in
                if let transfer { self?.ended(transfer) }
            }
        }
    }

    /// Whether nothing is in flight because the reading is paused.
    var isAtRest: Bool { isPaused && !isAnyInFlight }

    private var isAnyInFlight: Bool { transfers.contains(where: \.isInFlight) }

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
    func silence() { isSilent = true }

    /// Ends the reading without a word to the handler.
    func drop() {
        silence()
        end(with: .cancelled)
    }

    /// Ends the reading. The handler is told when the transfers have come back, after what they still bring.
    func end(with completion: USBCompletion) {
        if ending == nil { ending = completion }
        for transfer in transfers { transfer.cancel() }
        finishWhenIdle()
    }

    /// Takes the transfers back without ending the reading, until ``resume()``. The handler is not told.
    func pause() {
        guard ending == nil else { return }
        isPaused = true
        for transfer in transfers { transfer.cancel() }
    }

    /// Reads on after a pause.
    func resume() {
        guard isPaused else { return }
        isPaused = false
        guard ending == nil else { return }
        let status = start()
        if status != 0 { end(with: USBCompletion(submission: status)) }
    }

    private func ended(_ transfer: any ReadingTransfer) {
        let completion = transfer.completion
        if case .completed = completion {
            take(completion)
            if ending == nil, !isPaused {
                let status = transfer.submit()
                if status != 0 { end(with: USBCompletion(submission: status)) }
            }
        } else if completion != .cancelled || !isPaused {
            end(with: completion)
        }
        finishWhenIdle()
        if isAtRest { onRest() }
    }

    private func take(_ report: USBCompletion) {
        switch ending {
        case .failed, .timedOut, .overflow: afterFault.append(report)
        default: tell(report)
        }
    }

    private func tell(_ completion: USBCompletion) {
        if !isSilent { handler(completion) }
    }

    private func finishWhenIdle() {
        guard let ending, !transfers.isEmpty, !isAnyInFlight else { return }
        transfers = []
        onEnd(self)
        tell(ending)
    }
}
