import Credentials
import Crypto
import Foundation
import Pairing
import Transport
import Wire

/// Answers `countertop.v1.Pairing`.
struct PairingService: Sendable {
    /// `nil` when the edge is not on the network.
    let pairing: StorePairing?
    /// What holds for a page that has proved who it is.
    let limits: ConnectionLimits

    func register(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Pairing/Pair") { (request: PairRequest, context) throws(Status) -> PairAnswer in
            try service.pair(request, context)
        }
        router.unary("countertop.v1.Pairing/Renew") { (request: RenewRequest, context) throws(Status) -> PairAnswer in
            try service.renew(request, context)
        }
        router.identifying("countertop.v1.Pairing/Prove") {
            (request: ProveRequest, context) throws(Status) -> (ProveAnswer, Caller) in
            try service.prove(request, context)
        }
    }

    private func pair(_ request: PairRequest, _ context: CallContext) throws(Status) -> PairAnswer {
        let pairing = try Status.needNetwork(pairing)
        let kind = try PairingKind(request.kind)
        return try pairing.onEventLoop { pairing throws(Status) in
            let invitation = try pairing.prove(
                request.proof, request: kind.bytes, from: context.connection.address)
            do throws(PairingError) {
                let (till, certificate) = try pairing.network.admit(kind, as: invitation, now: Date())
                let answer = Wire.Till(till)
                pairing.paired(answer)
                pairing.audit.note(context.caller, "Pairing/Pair", lane: till.lane, till: till.id)
                return PairAnswer(
                    till: answer, certificate: certificate, authority: pairing.network.identity.authority.der)
            } catch {
                let status = Status(error)
                pairing.end(status)
                throw status
            }
        }
    }

    private func renew(_ request: RenewRequest, _ context: CallContext) throws(Status) -> PairAnswer {
        let pairing = try Status.needNetwork(pairing)
        let kind = try PairingKind(.certificateRequest(request.certificateRequest))
        do throws(PairingError) {
            let (till, certificate) = try pairing.network.renew(context.caller.id, kind, now: Date())
            pairing.audit.note(context.caller, "Pairing/Renew", lane: till.lane, till: till.id)
            return PairAnswer(
                till: Wire.Till(till), certificate: certificate, authority: pairing.network.identity.authority.der)
        } catch {
            throw Status(error)
        }
    }

    private func prove(_ request: ProveRequest, _ context: CallContext) throws(Status) -> (ProveAnswer, Caller) {
        let pairing = try Status.needNetwork(pairing)
        let (limits, connection) = (limits, context.connection)
        return try pairing.onEventLoop { pairing throws(Status) in
            let network = pairing.network
            guard pairing.attempts.allows(connection.address, now: pairing.now) else {
                throw Status(.tooManyAttempts, "Too many wrong proofs came from this address. Wait a minute.")
            }
            guard !connection.nonce.isEmpty,
                let till = network.browser(request.till, signature: request.signature, nonce: connection.nonce)
            else {
                pairing.attempts.count(connection.address, now: pairing.now)
                throw Status(
                    .tillUnproven,
                    "The signature is not of a till that this edge knows. Pair the page anew (countertop pair).")
            }
            pairing.audit.note(Caller(till), "Pairing/Prove", lane: till.lane, till: till.id)
            return (ProveAnswer(till: Wire.Till(till), limits: limits.told), Caller(till))
        }
    }
}

extension Status {
    /// What calls of pairing are told when the edge is not on the network.
    static func needNetwork<Value>(_ value: Value?) throws(Status) -> Value {
        guard let value else {
            throw Status(
                .networkOff,
                "This edge is not on the network, so no tills can be paired. Add \"network: {}\" to its configuration and "
                    + "start it again.")
        }
        return value
    }

    init(_ error: PairingError) {
        switch error.code {
        case .tillUnknown: self.init(.tillUnknown, error.message)
        case .tooManyTills: self.init(.tooManyTills, error.message)
        case .nameInvalid: self.init(.argumentInvalid, error.message)
        case .identityBroken, .registryUnusable, .issuingFailed: self.init(.registryUnusable, error.message)
        }
    }
}
