import Customers
import Dispatch
import Foundation
import Synchronization
import Systems

/// Turns personal codes of a system outside into customers, beside the scans: no scan waits for it.
final class CodeExchange: Sendable {
    /// Codes that may be under way; further ones are told at once that the system cannot be reached.
    private static let flightsMax = 16

    /// What came of a code.
    enum Finding: Sendable {
        /// Whose the phone number is, in the local copy.
        case resolved(Answer, isConfirmed: Bool)
        /// Nobody in the local copy has the number.
        case noMember(phone: String, isConfirmed: Bool)
        case notRecognised(isTooOld: Bool)
        case unreachable
    }

    private let codes: any PersonalCodes
    private let recogniser: Recogniser
    private let flights = Atomic(0)

    init(_ codes: any PersonalCodes, recogniser: Recogniser) {
        self.codes = codes
        self.recogniser = recogniser
    }

    /// Asks for the number behind a code.
    /// - Parameter done: gets what came of it, within the deadline of the configuration, on any thread.
    func begin(_ code: [UInt8], done: @escaping @Sendable (Finding) -> Void) {
        guard flights.add(1, ordering: .relaxed).newValue <= Self.flightsMax else {
            flights.subtract(1, ordering: .relaxed)
            return done(fallback(code))
        }
        let flight = Flight(done)
        Task { [self] in
            flight.settle(await find(code))
            flights.subtract(1, ordering: .relaxed)
        }
        // A call's own deadline does not hold for the token that it may wait for; the cashier waits no longer than this.
        DispatchQueue.global().asyncAfter(deadline: .now() + codes.deadline / .seconds(1)) { [self] in
            if !flight.isSettled { flight.settle(fallback(code)) }
        }
    }

    private func find(_ code: [UInt8]) async -> Finding {
        let codes = codes
        let answer = try? await codes.exchange(code)
        switch answer {
        case .phone(let phone):
            let finding = look(phone, isConfirmed: true)
            var isMember = false
            if case .resolved = finding { isMember = true }
            // A courtesy, which nobody waits for.
            Task { [isMember] in await codes.checkIn(phone, isMember: isMember) }
            return finding
        case .notRecognised: return .notRecognised(isTooOld: false)
        case .tooOld: return .notRecognised(isTooOld: true)
        case nil: return fallback(code)
        }
    }

    /// Without the system, a code may still say itself whose it claims to be.
    private func fallback(_ code: [UInt8]) -> Finding {
        guard let phone = codes.claimedPhone(code) else { return .unreachable }
        return look(phone, isConfirmed: false)
    }

    private func look(_ phone: String, isConfirmed: Bool) -> Finding {
        let sought = Identifier(type: .phone, value: phone)
        guard let answer = try? recogniser.ask({ try $0.resolve(sought) }) else { return .unreachable }
        switch answer.resolution {
        case .customer, .ambiguous: return .resolved(answer, isConfirmed: isConfirmed)
        default: return .noMember(phone: phone, isConfirmed: isConfirmed)
        }
    }
}

/// A code that is asked for: the first finding counts.
private final class Flight: Sendable {
    private let settled = Atomic(false)
    private let done: @Sendable (CodeExchange.Finding) -> Void

    init(_ done: @escaping @Sendable (CodeExchange.Finding) -> Void) {
        self.done = done
    }

    var isSettled: Bool { settled.load(ordering: .acquiring) }

    func settle(_ finding: CodeExchange.Finding) {
        if !settled.exchange(true, ordering: .acquiringAndReleasing) { done(finding) }
    }
}
