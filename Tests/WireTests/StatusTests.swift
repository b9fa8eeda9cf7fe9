import Testing

@testable import Wire

@Suite struct StatusTests {
    @Test("The codes are gRPC's 17, by name and number")
    func namesCodes() {
        let codes: [StatusCode] = [
            .ok, .cancelled, .unknown, .invalidArgument, .deadlineExceeded, .notFound, .alreadyExists,
            .permissionDenied, .resourceExhausted, .failedPrecondition, .aborted, .outOfRange, .unimplemented,
            .internal, .unavailable, .dataLoss, .unauthenticated,
        ]
        #expect(codes.map(\.rawValue) == Array(0...16))
        #expect(
            codes.map(\.name).joined(separator: " ") == """
                OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED \
                RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS \
                UNAUTHENTICATED
                """)
        #expect(StatusCode(rawValue: 17).name == "17")
    }

    @Test("A status carries its reason's name and code")
    func carriesReason() {
        let status = Status(.tooManyStreams, "Wait.")
        #expect(status == Status(code: 8, reason: "TOO_MANY_STREAMS", message: "Wait."))
        #expect(status.statusCode == .resourceExhausted)
    }

    @Test("Each error of the wire tells its peer a reason, and what was wrong")
    func tellsErrors() {
        let large: [WireError.Code] = [.tooManyFields, .tooManyMessages, .tooManyValues, .outOfBudget]
        for code in WireError.Code.allCases {
            let status = Status(WireError(code, "What was wrong."))
            let reason =
                code == .frameTooLong
                ? "FRAME_TOO_LONG" : large.contains(code) ? "MESSAGE_TOO_LARGE" : "MESSAGE_MALFORMED"
            #expect(status.reason == reason && status.message == "What was wrong.")
        }
    }
}
