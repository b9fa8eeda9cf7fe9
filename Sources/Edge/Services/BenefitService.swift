import Journal
import Transport
import Wire

/// Answers `countertop.v1.Benefits`.
struct BenefitService: Sendable {
    /// The longest name of a basket and id of a benefit, in bytes.
    private static let textBytesMax = 64
    private static let operationBytesMax = 64

    let benefits: StoreBenefits
    let lanes: [String]
    let audit: AuditLog
    let answers: StoredAnswers
    private var queue: DiskQueue { benefits.queue }

    func register(in router: inout CallRouter) {
        let service = self
        router.unaryAsync("countertop.v1.Benefits/List") {
            (request: ListBenefitsRequest, context) async throws(Status) in
            await service.benefits.ask(request.customer)
            let answer = try await service.queue.run(for: context) { () throws(Status) in
                try service.benefits.list(request.customer)
            }
            service.audit.note(context.caller, "Benefits/List", customer: request.customer)
            return answer
        }
        router.unaryAsync("countertop.v1.Benefits/Reserve") {
            (request: ReserveBenefitRequest, context) async throws(Status) in
            try service.check(request)
            let operation = context.operation
            guard (1...Self.operationBytesMax).contains(operation.count) else {
                throw Status(
                    .argumentInvalid,
                    "A reservation needs an operation id of 1 to \(Self.operationBytesMax) bytes: made again without one, it "
                        + "would use the benefit twice.")
            }
            await service.benefits.ask(request.customer)
            return try await service.change(context, "Benefits/Reserve", request.lane) { () throws(Status) in
                try service.benefits.reserve(request, operation: operation)
            }
        }
        router.change("countertop.v1.Benefits/Redeem", answers) {
            (request: RedeemBenefitRequest, context) async throws(Status) in
            try await service.change(context, "Benefits/Redeem", request.lane) { () throws(Status) in
                try service.benefits.redeem(request)
            }
        }
        router.change("countertop.v1.Benefits/Release", answers) {
            (request: ReleaseBenefitRequest, context) async throws(Status) in
            try await service.change(context, "Benefits/Release", request.lane) { () throws(Status) in
                try service.benefits.release(request)
            }
        }
    }

    private func change(
        _ context: CallContext, _ call: String, _ lane: String,
        _ work: @escaping @Sendable () throws(Status) -> Journal.Redemption
    ) async throws(Status) -> RedemptionAnswer {
        guard lanes.contains(lane) else { throw .laneUnknown(lanes) }
        let redemption = try await queue.run(for: context, work)
        audit.note(context.caller, call, lane: lane, customer: redemption.customer)
        return RedemptionAnswer(redemption: Wire.Redemption(redemption))
    }

    private func check(_ request: ReserveBenefitRequest) throws(Status) {
        let fits = request.basket.utf8.count <= Self.textBytesMax && request.benefit.utf8.count <= Self.textBytesMax
        guard fits else {
            throw Status(
                .argumentInvalid, "A benefit's id and a basket's number have at most \(Self.textBytesMax) bytes.")
        }
    }
}
