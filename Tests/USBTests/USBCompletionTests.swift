import Testing

@testable import USB

@Suite struct USBCompletionTests {
    @Test("A cancelled reading that brought a report keeps it, and one that brought none is cancelled")
    func keepsReport() {
        #expect(USBCompletion.cancelled.keepingReport([1, 2]) == .completed([1, 2]))
        #expect(USBCompletion.cancelled.keepingReport([]) == .cancelled)
    }

    @Test(
        "What failed otherwise is no report", arguments: [USBCompletion.failed, .overflow, .stalled, .timedOut, .gone])
    func keepsFailures(end: USBCompletion) {
        #expect(end.keepingReport([1, 2]) == end)
    }
}
