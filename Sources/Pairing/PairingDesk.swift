package import Credentials

/// The rules of pairing: one code at a time, for a while, once, and after a few wrong proofs no more. It takes events and the
/// time and says what follows; it knows no socket and keeps no list of tills.
package struct PairingDesk: Sendable {
    /// What the till that uses a code becomes.
    package struct Invitation: Sendable, Hashable {
        package let name: String
        package let lane: String
        package let role: TillRole

        package init(name: String, lane: String, role: TillRole) {
            self.name = name
            self.lane = lane
            self.role = role
        }
    }

    /// Tells invitations apart.
    package struct Number: Sendable, Hashable {
        let value: UInt64
    }

    /// Why a code is of no use any more.
    package enum End: Sendable, Hashable {
        case used
        /// Its time is over.
        case expired
        /// Too many wrong proofs were given.
        case burnt
        /// Another code was made.
        case replaced
        /// Whoever made it took it back.
        case withdrawn
    }

    /// What a proof led to.
    package enum Outcome: Sendable, Hashable {
        /// The proof is right: the till is to be this. The code is used up.
        case accepted(Number, Invitation)
        /// It is wrong, and so many more may be.
        case wrong(Number, attemptsLeft: Int)
        /// It was the last wrong one.
        case burnt(Number)
        /// No code is waiting.
        case nothingOpen
    }

    private struct Open: Sendable {
        let number: Number
        let invitation: Invitation
        let code: PairingCode
        let until: Duration
        var attemptsLeft: Int
    }

    private let limits: PairingLimits
    private var open: Open?
    private var lastNumber: UInt64 = 0

    package init(limits: PairingLimits = PairingLimits()) {
        self.limits = limits
    }

    /// When ``tick(now:)`` has something to do; `nil` while no code waits.
    package var deadline: Duration? { open?.until }

    /// Makes a code the one that waits.
    /// - Returns: its number, and the number of the one whose place it took.
    package mutating func invite(
        _ invitation: Invitation, code: PairingCode, now: Duration
    ) -> (number: Number, replaced: Number?) {
        _ = tick(now: now)
        let replaced = open?.number
        lastNumber += 1
        let number = Number(value: lastNumber)
        open = Open(
            number: number, invitation: invitation, code: code, until: now + limits.codeTime,
            attemptsLeft: limits.attemptsMax)
        return (number, replaced)
    }

    /// Takes a proof for a request. Each wrong one costs an attempt.
    package mutating func prove(_ proof: [UInt8], request: [UInt8], now: Duration) -> Outcome {
        _ = tick(now: now)
        guard var waiting = open else { return .nothingOpen }
        guard !PairingProof.isValid(proof, waiting.code, request: request) else {
            open = nil
            return .accepted(waiting.number, waiting.invitation)
        }
        waiting.attemptsLeft -= 1
        guard waiting.attemptsLeft > 0 else {
            open = nil
            return .burnt(waiting.number)
        }
        open = waiting
        return .wrong(waiting.number, attemptsLeft: waiting.attemptsLeft)
    }

    /// Takes a code back.
    /// - Returns: whether it was still waiting.
    package mutating func withdraw(_ number: Number) -> Bool {
        guard open?.number == number else { return false }
        open = nil
        return true
    }

    /// Ends a code whose time is over.
    /// - Returns: its number.
    package mutating func tick(now: Duration) -> Number? {
        guard let waiting = open, now >= waiting.until else { return nil }
        open = nil
        return waiting.number
    }
}
