import Foundation
import Pairing
import Synchronization
import Transport
import Wire

/// Answers `countertop.v1.Tills`.
struct TillService: Sendable {
    let pairing: StorePairing?
    let lanes: [String]
    let audit: AuditLog
    let listeners: ListenerGroup
    let answers: StoredAnswers

    func register(in router: inout CallRouter) {
        let service = self
        router.stream("countertop.v1.Tills/Invite") {
            (request: InviteTillRequest, sink: StreamSink<InviteTillEvent>) throws(Status) in
            try service.invite(request, sink)
        }
        router.unary("countertop.v1.Tills/List") { (_: ListTillsRequest, _) throws(Status) in
            let registry = try Status.needNetwork(service.pairing).network.registry
            return ListTillsAnswer(tills: registry.all.map { service.answer($0) })
        }
        router.change("countertop.v1.Tills/Rename", answers) {
            (request: RenameTillRequest, context) async throws(Status) in
            try await service.change(request.id, "Tills/Rename", context.caller) { registry throws(PairingError) in
                try registry.rename(request.id, to: request.name)
            }
        }
        router.change("countertop.v1.Tills/Revoke", answers) {
            (request: RevokeTillRequest, context) async throws(Status) in
            try await service.revoke(request, context.caller)
        }
    }

    private func invite(_ request: InviteTillRequest, _ sink: StreamSink<InviteTillEvent>) throws(Status) {
        let pairing = try Status.needNetwork(pairing)
        guard request.lane.isEmpty || lanes.contains(request.lane) else { throw .laneUnknown(lanes) }
        guard let role = Pairing.TillRole(request.role) else {
            throw Status(
                .argumentInvalid, "The till's role is one this edge does not know: TILL, DISPLAY or TECHNICIAN.")
        }
        let name = request.name.isEmpty ? Self.name(role, lane: request.lane) : request.name
        do throws(PairingError) {
            try pairing.network.registry.checkName(name)
        } catch {
            throw Status(error)
        }
        audit.note(sink.context.caller, "Tills/Invite", lane: request.lane)
        let invitation = PairingDesk.Invitation(name: name, lane: request.lane, role: role)
        try pairing.onEventLoop { $0.invite(invitation, sink: sink) }
    }

    private func revoke(_ request: RevokeTillRequest, _ caller: Caller) async throws(Status) -> TillAnswer {
        let answer = try await change(request.id, "Tills/Revoke", caller) { registry throws(PairingError) in
            try registry.revoke(request.id, now: Date())
        }
        listeners.end(caller: request.id, StoreNetwork.revoked)
        return answer
    }

    private func change(
        _ id: String, _ call: String, _ caller: Caller,
        _ body: @escaping @Sendable (TillRegistry) throws(PairingError) -> Pairing.Till
    ) async throws(Status) -> TillAnswer {
        let network = try Status.needNetwork(pairing).network
        let till = try await network.queue.run { () throws(Status) -> Pairing.Till in
            do throws(PairingError) {
                return try body(network.registry)
            } catch {
                throw Status(error)
            }
        }
        audit.note(caller, call, lane: till.lane, till: id)
        return TillAnswer(till: answer(till))
    }

    private func answer(_ till: Pairing.Till) -> Wire.Till {
        var answer = Wire.Till(till)
        answer.connections = UInt32(clamping: listeners.connectionCount(of: till.id))
        return answer
    }

    private static func name(_ role: Pairing.TillRole, lane: String) -> String {
        lane.isEmpty ? role.rawValue : "\(role.rawValue) of lane \(lane)"
    }
}

/// The edge's listeners, once there are some.
final class ListenerGroup: Sendable {
    private let listeners = Mutex<[EdgeListener]>([])

    func set(_ all: [EdgeListener]) { listeners.withLock { $0 = all } }

    /// How many connections are open.
    var connectionCount: Int { listeners.withLock { $0 }.reduce(0) { $0 + $1.connectionCount } }

    func connectionCount(of caller: String) -> Int {
        listeners.withLock { $0 }.reduce(0) { $0 + $1.connectionCount(of: caller) }
    }

    func end(caller: String, _ status: Status) {
        for listener in listeners.withLock({ $0 }) { listener.end(caller: caller, status) }
    }
}
