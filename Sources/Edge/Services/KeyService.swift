import Storage
import Transport
import Wire

/// Answers `countertop.v1.Keys`.
struct KeyService: Sendable {
    let keyChange: KeyChange
    let audit: AuditLog
    /// One call at a time; the taking up may wait for the end of a rewriting.
    let queue = DiskQueue("keys")

    func register(in router: inout CallRouter) {
        let service = self
        router.unaryAsync("countertop.v1.Keys/TakeUp") { (request: TakeUpKeysRequest, context) async throws(Status) in
            service.audit.note(context.caller, "Keys/TakeUp")
            return try await service.queue.run(for: context) { () throws(Status) in try service.takeUp(request) }
        }
    }

    private func takeUp(_ request: TakeUpKeysRequest) throws(Status) -> TakeUpKeysAnswer {
        do throws(KeyChange.Refusal) {
            let held = try keyChange.takeUp(request.sealedKeyFile)
            return TakeUpKeysAnswer(generation: UInt32(held.present.generation), changing: held.before != nil)
        } catch {
            switch error {
            case .unfit:
                throw Status(
                    .keysUnfit,
                    "The keys do not follow those that the edge works with, so they were not taken up. If the key file is "
                        + "this store's, start the edge again.")
            case .needed:
                throw Status(
                    .keyNeeded,
                    "Rows are still sealed under the key before, so the edge keeps it. Wait until its status says that "
                        + "the key before can be retired.")
            }
        }
    }
}

extension WireReason {
    /// The keys that the edge is to take up do not follow those that it has.
    static let keysUnfit = WireReason("KEYS_UNFIT", .failedPrecondition)
    /// Rows are still sealed under the key before.
    static let keyNeeded = WireReason("KEY_NEEDED", .failedPrecondition)
}
