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
        router.unaryAsync("countertop.v1.Pairing/Pair") {
            (request: PairRequest, context) async throws(Status) -> PairAnswer in
            try await service.pair(request, context)
        }
        router.unaryAsync("countertop.v1.Pairing/Renew") {
            (request: RenewRequest, context) async throws(Status) -> PairAnswer in
            try await service.renew(request, context)
        }
        router.identifying("countertop.v1.Pairing/Prove") {
            (request: ProveRequest, context) throws(Status) -> (ProveAnswer, Caller) in
            try service.prove(request, context)
        }
    }

    private func pair(_ request: PairRequest, _ context: CallContext) async throws(Status) -> PairAnswer {
        let pairing = try Status.needNetwork(pairing)
        let address = context.connection.address
        // Whoever guessed too often costs no more arithmetic.
        try await pairing.checkAttempts(from: address)
        let kind = try PairingKind(request.kind)
        let acceptance = try await pairing.prove(request.proof, request: kind.bytes, from: address)
        let network = pairing.network
        do throws(Status) {
            let (till, certificate) = try await network.queue.run(for: context) {
                () throws(Status) -> (Pairing.Till, certificate: [UInt8]) in
                try Self.told { () throws(PairingError) in
                    try network.admit(kind, as: acceptance.invitation, now: Date())
                }
            }
            let answer = Wire.Till(till)
            await pairing.paired(answer, acceptance)
            pairing.audit.note(context.caller, "Pairing/Pair", lane: till.lane, till: till.id)
            return PairAnswer(till: answer, certificate: certificate, authority: network.identity.authority.der)
        } catch {
            await pairing.failed(error, acceptance)
            throw error
        }
    }

    private func renew(_ request: RenewRequest, _ context: CallContext) async throws(Status) -> PairAnswer {
        let pairing = try Status.needNetwork(pairing)
        let caller = context.caller
        // It is counted before its signature is checked, which costs as much as making one.
        try await pairing.countRenewal(of: caller.id)
        let network = pairing.network
        let (till, certificate) = try await network.queue.run(for: context) {
            () throws(Status) -> (Pairing.Till, certificate: [UInt8]) in
            let kind = try PairingKind(.certificateRequest(request.certificateRequest))
            return try Self.told { () throws(PairingError) in try network.renew(caller.id, kind, now: Date()) }
        }
        pairing.audit.note(caller, "Pairing/Renew", lane: till.lane, till: till.id)
        return PairAnswer(
            till: Wire.Till(till), certificate: certificate, authority: network.identity.authority.der)
    }

    /// What `work` gives, or what a till is told of its failure.
    private static func told<Value>(_ work: () throws(PairingError) -> Value) throws(Status) -> Value {
        do throws(PairingError) {
            return try work()
        } catch {
            throw Status(error)
        }
    }

    private func prove(_ request: ProveRequest, _ context: CallContext) throws(Status) -> (ProveAnswer, Caller) {
        let pairing = try Status.needNetwork(pairing)
        let (limits, connection) = (limits, context.connection)
        return try pairing.onEventLoop { pairing throws(Status) in
            let network = pairing.network
            guard pairing.proofs.allows(connection.address, now: pairing.now) else {
                throw Status(
                    tooManyAttempts: "Too many wrong proofs came from this address.",
                    wait: pairing.proofs.wait(of: connection.address, now: pairing.now))
            }
            guard !connection.nonce.isEmpty,
                let till = network.browser(request.till, signature: request.signature, nonce: connection.nonce)
            else {
                pairing.proofs.count(connection.address, now: pairing.now)
                pairing.audit.note(.stranger, AuditLog.refused, till: request.till, address: connection.address)
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
    /// - Parameters:
    ///   - message: what happened; when to try again is added.
    ///   - wait: until the address may try again.
    init(tooManyAttempts message: String, wait: Duration) {
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        self.init(.tooManyAttempts, "\(message) Try again in \(seconds) \(seconds == 1 ? "second" : "seconds").")
        retryAfterMs = UInt32(clamping: Int64(wait / .milliseconds(1)) + 1)
    }

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
