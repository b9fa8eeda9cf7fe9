import Credentials
import Foundation
import Logging
import NIOCore
import Pairing
import Transport
import Wire

/// Pairing as it goes on at this edge: carries out what a ``Pairing/PairingDesk`` decides. It lives on the store's event
/// loop.
actor StorePairing {
    nonisolated let eventLoop: any EventLoop
    nonisolated let network: StoreNetwork
    nonisolated let audit: AuditLog
    private var desk: PairingDesk
    var attempts = AttemptGuard()
    /// The same of pages that prove who they are, so that one that was revoked keeps nobody at its address from pairing.
    var proofs = AttemptGuard()
    /// How often tills renewed their certificates, each of which is a signature and a write to the disk.
    private var renewals = AttemptGuard(burst: StorePairing.renewalsMax, every: StorePairing.renewalEvery)
    /// Who waits for the code to be used.
    private var waiting: (number: PairingDesk.Number, sink: StreamSink<Wire.InviteTillEvent>)?
    private var alarm: Scheduled<Void>?
    private let start = ContinuousClock.now
    /// How many renewals a till may ask for at once, and after how long another one: it needs one in months, and a few more
    /// where answers are lost.
    private static let renewalsMax = 4
    private static let renewalEvery = Duration.seconds(60)

    nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    init(_ network: StoreNetwork, audit: AuditLog, eventLoop: any EventLoop) {
        self.network = network
        self.audit = audit
        self.eventLoop = eventLoop
        desk = PairingDesk(limits: network.limits)
    }

    /// Runs `work` with it, from code that runs on the event loop already.
    nonisolated func onEventLoop<Value: Sendable>(
        _ work: @Sendable (isolated StorePairing) throws(Wire.Status) -> Value
    ) throws(Wire.Status) -> Value {
        let result = assumeIsolated { pairing in
            Result<Value, Wire.Status> { () throws(Wire.Status) in try work(pairing) }
        }
        return try result.get()
    }

    var now: Duration { start.duration(to: .now) }

    /// Makes a code, and tells the sink what becomes of it.
    func invite(_ invitation: PairingDesk.Invitation, sink: StreamSink<Wire.InviteTillEvent>) {
        let code = PairingCode(edge: network.identity.fingerprint)
        let (number, replaced) = desk.invite(invitation, code: code, now: now)
        if replaced != nil {
            end(Wire.Status(.pairingReplaced, "Another pairing code was made, which is the only good one."))
        }
        waiting = (number, sink)
        sink.onCancel = { [weak self] _ in self?.assumeIsolated { $0.withdraw(number) } }
        let expiry = Date() + Double(network.limits.codeTime.components.seconds)
        let offer = Wire.PairingOffer(code: code.text, expiresAtUnixMs: Int64(expiry.timeIntervalSince1970 * 1_000))
        sink.send(Wire.InviteTillEvent(event: .offer(offer)))
        setAlarm()
    }

    /// A code that was used: what the till is to be, and who waits to hear of it.
    struct Acceptance: Sendable {
        let invitation: PairingDesk.Invitation
        let sink: StreamSink<Wire.InviteTillEvent>?
    }

    /// Takes a proof.
    /// - Throws: ``Wire/Status`` TOO_MANY_ATTEMPTS, PAIRING_PROOF_WRONG, PAIRING_CLOSED.
    func prove(_ proof: [UInt8], request: [UInt8], from address: String) throws(Wire.Status) -> Acceptance {
        try checkAttempts(from: address)
        let outcome = desk.prove(proof, request: request, now: now)
        setAlarm()
        switch outcome {
        case .accepted(_, let invitation):
            // Another code may be made while this till is written down.
            defer { waiting = nil }
            return Acceptance(invitation: invitation, sink: waiting?.sink)
        case .wrong(_, let left):
            refused(from: address)
            network.logger.warning(
                "Somebody gave a wrong pairing code.", metadata: ["address": "\(address)", "attempts-left": "\(left)"])
            waiting?.sink.send(Wire.InviteTillEvent(event: .attemptsLeft(UInt32(left))))
            throw Wire.Status(
                .pairingProofWrong, "That is not the code that the edge shows now. Compare it, and try again.")
        case .burnt:
            refused(from: address)
            network.logger.warning(
                "The wrong pairing code was given too often. See who else tries to pair.",
                metadata: ["address": "\(address)"])
            end(
                Wire.Status(
                    .pairingBurnt,
                    "The wrong code was given too often, so this one is of no use any more. See who else tries to pair, and "
                        + "make another."))
            throw Wire.Status(.pairingProofWrong, "That was wrong once too often. Have the edge make another code.")
        case .nothingOpen:
            refused(from: address)
            throw Wire.Status(
                .pairingClosed, "No pairing code waits at this edge. Have it make one: countertop pair.")
        }
    }

    private func refused(from address: String) {
        attempts.count(address, now: now)
        audit.note(.stranger, AuditLog.refused, address: address)
    }

    /// - Throws: ``Wire/Status`` TOO_MANY_ATTEMPTS.
    func checkAttempts(from address: String) throws(Wire.Status) {
        guard attempts.allows(address, now: now) else {
            throw Wire.Status(
                tooManyAttempts: "Too many wrong pairing codes came from this address.",
                wait: attempts.wait(of: address, now: now))
        }
    }

    /// Tells whoever waits which till used the code.
    func paired(_ till: Wire.Till, _ acceptance: Acceptance) {
        acceptance.sink?.send(Wire.InviteTillEvent(event: .till(till)))
        acceptance.sink?.finish()
    }

    /// Tells whoever waits that the till that used the code cannot be written down.
    func failed(_ status: Wire.Status, _ acceptance: Acceptance) {
        acceptance.sink?.fail(status)
    }

    /// Counts a renewal.
    /// - Throws: ``Wire/Status`` TOO_MANY_RENEWALS.
    func countRenewal(of till: String) throws(Wire.Status) {
        guard renewals.allows(till, now: now) else {
            var status = Wire.Status(
                .tooManyRenewals, "This till renews its certificate again and again. One a minute is enough.")
            status.retryAfterMs = UInt32(clamping: Self.renewalEvery.components.seconds * 1_000)
            throw status
        }
        renewals.count(till, now: now)
    }

    /// Tells whoever waits why nothing becomes of it.
    func end(_ status: Wire.Status) {
        waiting?.sink.fail(status)
        waiting = nil
    }

    private func withdraw(_ number: PairingDesk.Number) {
        _ = desk.withdraw(number)
        if waiting?.number == number { waiting = nil }
        setAlarm()
    }

    private func setAlarm() {
        alarm?.cancel()
        alarm = nil
        guard let deadline = desk.deadline else { return }
        let wait = TimeAmount(max(.zero, deadline - now))
        alarm = eventLoop.scheduleTask(in: wait) { [weak self] in self?.assumeIsolated { $0.rang() } }
    }

    private func rang() {
        if desk.tick(now: now) != nil {
            end(Wire.Status(.pairingExpired, "Nobody used the pairing code in its time. Make another."))
        }
        setAlarm()
    }
}
