import Testing

@testable import Devices

@Suite struct HIDPOSFeedbackTests {
    @Test("The real scanner's bits are where its descriptor says")
    func findsBits() throws {
        let feedback = try #require(HIDPOSFeedback(descriptor: HIDReportDescriptor(HIDFixtures.scanner)))
        #expect(feedback.signals == [.preventRead, .initiateRead, .error, .goodRead])
        #expect(feedback.report(.preventRead)?.bytes == [4, 0b0001])
        #expect(feedback.report(.initiateRead)?.bytes == [4, 0b0010])
        #expect(feedback.report(.error)?.bytes == [4, 0b0100])
        #expect(feedback.report(.goodRead)?.bytes == [4, 0b1000])
        #expect(feedback.report(.notOnFile) == nil)
        #expect(feedback.report(.goodRead)?.key == HIDReport.Key(.output, id: 4))
        #expect(feedback.report(.goodRead)?.requestValue == 0x0204)
    }

    @Test("A beep leaves a scanner that reads nothing as it is")
    func keepsPrevention() throws {
        let feedback = try #require(HIDPOSFeedback(descriptor: HIDReportDescriptor(HIDFixtures.scanner)))
        #expect(feedback.report(.goodRead, isPrevented: true)?.bytes == [4, 0b1001])
        #expect(feedback.report(.initiateRead, isPrevented: true)?.bytes == [4, 0b0010])
        #expect(feedback.allowReadReport()?.bytes == [4, 0])
    }

    @Test("Signals in several reports, without ids, as bytes, as a feature")
    func findsBitsElsewhere() throws {
        let split = try HIDFixtures.descriptor(
            "058c 0902 a101 8501 7501 9508 0987 9102 8502 0986 b102 8503 7508 9501 095f 9102 c0")
        let feedback = try #require(HIDPOSFeedback(descriptor: split))
        #expect(feedback.report(.notOnFile, isPrevented: true)?.bytes == [1, 1])
        #expect(feedback.report(.goodRead)?.bytes == [2, 1])
        #expect(feedback.report(.goodRead)?.requestValue == 0x0302)
        #expect(feedback.report(.preventRead)?.bytes == [3, 1])
        let plain = try HIDFixtures.descriptor("058c 0902 a101 7501 9504 8101 9504 0985 9102 c0")
        #expect(HIDPOSFeedback(descriptor: plain)?.report(.error)?.bytes == [1])
    }

    @Test(
        "A device without the controls, or with them elsewhere, has no feedback",
        arguments: [
            HIDFixtures.labScanner, HIDFixtures.labKeyboard, HIDFixtures.falseFriend,
            HIDFixtures.bytes("058c 0901 a101 7501 9508 0986 9102 c0"),
            HIDFixtures.bytes("058c 0902 a101 7501 9508 0986 8102 0986 9103 c0"),
        ])
    func needsControls(bytes: [UInt8]) throws {
        #expect(HIDPOSFeedback(descriptor: try HIDReportDescriptor(bytes)) == nil)
    }
}
