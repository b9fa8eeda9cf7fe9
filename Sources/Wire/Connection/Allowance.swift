/// How often a peer may do something: so many times at once, and once more each time an interval has passed.
package struct Allowance: Sendable {
    /// The burst and the interval.
    package struct Rate: Sendable, Equatable {
        package var burst: Int
        package var every: Duration

        package init(burst: Int, every: Duration) {
            self.burst = burst
            self.every = every
        }
    }

    private let rate: Rate
    private var spent = 0
    /// When the last of what was spent came back.
    private var since: Duration

    package init(_ rate: Rate, now: Duration) {
        self.rate = rate
        since = now
    }

    /// Counts one more.
    /// - Returns: false when it is one too many.
    package mutating func spend(_ now: Duration) -> Bool {
        giveBack(now)
        guard spent < rate.burst else { return false }
        spent += 1
        return true
    }

    /// How long it is until one more may be counted; zero for at once.
    package mutating func wait(_ now: Duration) -> Duration {
        giveBack(now)
        return spent < rate.burst ? .zero : since + rate.every - now
    }

    private mutating func giveBack(_ now: Duration) {
        while spent > 0, now - since >= rate.every {
            since += rate.every
            spent -= 1
        }
        if spent == 0 { since = now }
    }
}
