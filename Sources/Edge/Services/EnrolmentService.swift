import Customers
import Systems
import Transport
import Wire

/// Answers `countertop.v1.Enrolments`.
struct EnrolmentService: Sendable {
    let enrolments: StoreEnrolments
    let lanes: StoreLanes
    let audit: AuditLog
    let answers: StoredAnswers

    func register(in router: inout CallRouter) {
        let service = self
        router.stream("countertop.v1.Enrolments/Start") {
            (request: StartEnrolmentRequest, sink: StreamSink<EnrolmentEvent>) throws(Status) in
            try service.check(lane: request.lane)
            try service.start(request, sink)
        }
        router.stream("countertop.v1.Enrolments/Watch") {
            (request: WatchEnrolmentRequest, sink: StreamSink<EnrolmentEvent>) throws(Status) in
            try service.check(lane: request.lane)
            try service.enrolments.run(lane: request.lane, id: request.enrolment).watch(sink)
        }
        router.change("countertop.v1.Enrolments/Cancel", answers, kept: \EnrolmentEvent.kept) {
            (request: CancelEnrolmentRequest, context) async throws(Status) in
            try service.check(lane: request.lane)
            let run = try service.enrolments.run(lane: request.lane, id: request.enrolment)
            service.audit.note(context.caller, "Enrolments/Cancel", lane: request.lane)
            return run.tell(.cancelled)
        }
        router.change("countertop.v1.Enrolments/Choose", answers, kept: \EnrolmentEvent.kept) {
            (request: ChooseCustomerRequest, context) async throws(Status) in
            try service.check(lane: request.lane)
            let run = try service.enrolments.run(lane: request.lane, id: request.enrolment)
            guard let choice = run.canChoose(request.customer.isEmpty ? nil : request.customer) else {
                throw Status(
                    .nothingToChoose, "The enrolment asks for no choice, or not for that customer. Watch it anew.")
            }
            service.audit.note(
                context.caller, "Enrolments/Choose", lane: request.lane, customer: request.customer)
            return run.tell(.chosen(choice))
        }
    }

    /// A start that was made before finds its enrolment, or how that ended: nobody is asked twice for one operation.
    private func start(_ request: StartEnrolmentRequest, _ sink: StreamSink<EnrolmentEvent>) throws(Status) {
        let operation = try answers.operation(of: sink.context, lane: request.lane, body: request.packed())
        if let operation {
            if let run = try enrolments.run(lane: request.lane, of: operation) { return try run.watch(sink) }
            if let end = try answers.answer(of: operation) {
                sink.send((try? EnrolmentEvent(packed: end)) ?? EnrolmentEvent())
                return sink.finish()
            }
        }
        let run = try enrolments.begin(lane: request.lane, phone: request.phone, operation: operation)
        audit.note(sink.context.caller, "Enrolments/Start", lane: request.lane)
        try run.watch(sink)
    }

    private func check(lane: String) throws(Status) {
        guard lanes.names.contains(lane) else { throw .laneUnknown(lanes.names) }
    }
}
