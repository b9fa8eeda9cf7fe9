public import Wire

/// Enrolling customers from the till. See ``CountertopConnection/enrolments``.
public struct EnrolmentCalls: Sendable {
    let maker: any CallMaker

    /// Has a customer asked on the phone, and tells of every step until the enrolment ends. When `body` ends first, the
    /// enrolment goes on: ``withWatch(lane:enrolment:isolation:_:)`` finds it, and ``cancel(lane:enrolment:deadline:)`` ends
    /// it.
    ///
    /// ```swift
    /// try await edge.enrolments.withStart(lane: "1", phone: "412 34 567") { steps in
    ///     for try await step in steps { show(step.state, step.message) }
    /// }
    /// ```
    /// - Parameter operation: made again with it, after a lost connection or a crash, the same enrolment is found, or how it ended,
    ///   and nobody is asked twice.
    public func withStart<Result>(
        lane: String, phone: String, operation: OperationID = OperationID(),
        isolation: isolated (any Actor)? = #isolation,
        _ body: (MessageStream<EnrolmentEvent>) async throws -> Result
    ) async throws -> Result {
        try await maker.streaming(
            "countertop.v1.Enrolments/Start", StartEnrolmentRequest(lane: lane, phone: phone), operation: operation,
            isolation: isolation, body)
    }

    /// Tells how an enrolment stands, and of every further step.
    /// - Parameter enrolment: empty for the lane's last one.
    public func withWatch<Result>(
        lane: String, enrolment: String = "", isolation: isolated (any Actor)? = #isolation,
        _ body: (MessageStream<EnrolmentEvent>) async throws -> Result
    ) async throws -> Result {
        try await maker.streaming(
            "countertop.v1.Enrolments/Watch", WatchEnrolmentRequest(lane: lane, enrolment: enrolment),
            isolation: isolation, body)
    }

    /// Ends an enrolment.
    @discardableResult
    public func cancel(
        lane: String, enrolment: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> EnrolmentEvent {
        try await maker.call(
            "countertop.v1.Enrolments/Cancel", CancelEnrolmentRequest(lane: lane, enrolment: enrolment),
            .operation(operation), deadline: deadline)
    }

    /// Says which of the candidates the customer is.
    /// - Parameter customer: empty for none of them: the customer is a new one.
    @discardableResult
    public func choose(
        lane: String, enrolment: String, customer: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> EnrolmentEvent {
        try await maker.call(
            "countertop.v1.Enrolments/Choose",
            ChooseCustomerRequest(lane: lane, enrolment: enrolment, customer: customer), .operation(operation),
            deadline: deadline)
    }
}
