extension HIDPOSFeedback: ScannerControls {
    func message(_ signal: ScannerSignal, isPrevented: Bool) -> ScannerMessage? {
        let found: HIDOutgoingReport? =
            switch signal {
            case .goodRead: report(.goodRead, isPrevented: isPrevented)
            case .error: report(.error, isPrevented: isPrevented)
            case .notOnFile: report(.notOnFile, isPrevented: isPrevented)
            case .preventRead: report(.preventRead)
            case .allowRead: allowReadReport()
            case .pullTrigger: report(.initiateRead)
            default: nil
            }
        return found.map { .report($0) }
    }
}
