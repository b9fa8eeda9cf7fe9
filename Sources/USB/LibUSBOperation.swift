/// One control transfer or write, from its submission to its end.
final class LibUSBOperation {
    /// The interface it needs; `nil` when it needs none.
    let interface: UInt8?
    private let transfer: LibUSBTransfer
    private var ending: USBCompletion?
    private var completion: (@Sendable (USBCompletion) -> Void)?

    init(
        _ transfer: LibUSBTransfer, interface: UInt8?, completion: @escaping @Sendable (USBCompletion) -> Void,
        onEnd: @escaping (LibUSBOperation) -> Void
    ) {
        self.interface = interface
        self.transfer = transfer
        self.completion = completion
        transfer.onCompletion = { [weak self, weak transfer] in
            guard let self, let transfer else { return }
            let (completion, ending) = (self.completion, self.ending)
            let end = USBCompletion(status: transfer.status, bytes: transfer.isIn ? transfer.received : [])
            onEnd(self)
            if case .completed = end { completion?(end) } else { completion?(ending ?? end) }
        }
    }

    /// - Returns: libusb's status; when it is not 0, nothing is in flight and the completion is not called.
    func start() -> Int32 { transfer.submit() }

    /// Asks for its end. The completion is called when it has come, with `completion` unless the transfer has completed.
    func end(with completion: USBCompletion) {
        if ending == nil { ending = completion }
        transfer.cancel()
    }

    /// Says nothing to the completion any more.
    func silence() { completion = nil }

    /// Asks for its end without a word to the completion.
    func drop() {
        completion = nil
        transfer.cancel()
    }
}
