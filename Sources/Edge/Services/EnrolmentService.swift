import Customers
import Systems
import Transport
import Wire

/// Answers `countertop.v1.Enrolments`.
struct EnrolmentService: Sendable {
    let enrolments: StoreEnrolments
    let lanes: StoreLanes
    let audit: AuditLog

    func register(in router: inout CallRouter) {
        let service = self
        router.stream("countertop.v1.Enrolments/Start") {
            (request: StartEnrolmentRequest, sink: StreamSink<EnrolmentEvent>) throws(Status) in
            try service.check(lane: request.lane)
            let run = try service.enrolments.begin(lane: request.lane, phone: request.phone)
            service.audit.note(sink.context.caller, "Enrolments/Start", lane: request.lane)
            try run.watch(sink)
        }
        router.stream("countertop.v1.Enrolments/Watch") {
            (request: WatchEnrolmentRequest, sink: StreamSink<EnrolmentEvent>) throws(Status) in
            try service.check(lane: request.lane)
            try service.enrolments.run(lane: request.lane, id: request.enrolment).watch(sink)
        }
        router.unary("countertop.v1.Enrolments/Cancel") { (request: CancelEnrolmentRequest, context) throws(Status) in
            try service.check(lane: request.lane)
            let run = try service.enrolments.run(lane: request.lane, id: request.enrolment)
            service.audit.note(context.caller, "Enrolments/Cancel", lane: request.lane)
            return run.tell(.cancelled)
        }
        router.unary("countertop.v1.Enrolments/Choose") { (request: ChooseCustomerRequest, context) throws(Status) in
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

    private func check(lane: String) throws(Status) {
        guard lanes.names.contains(lane) else { throw .laneUnknown(lanes.names) }
    }
}
