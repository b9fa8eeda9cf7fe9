import Testing

@testable import USB

@Suite struct EventMailboxTests {
    private let start = ContinuousClock.now

    /// The mailbox of a thread that sleeps.
    private func asleep() -> EventMailbox {
        var mailbox = EventMailbox()
        var batch: [EventMailbox.Entry] = []
        _ = mailbox.take(into: &batch, now: start)
        return mailbox
    }

    private func take(_ mailbox: inout EventMailbox, after delay: Duration = .zero) -> (EventMailbox.Step, Int) {
        var batch: [EventMailbox.Entry] = []
        let step = mailbox.take(into: &batch, now: start + delay)
        return (step, batch.count)
    }

    @Test("An empty mailbox lets the thread sleep, and only the first post wakes it")
    func wakesOnce() {
        var mailbox = EventMailbox()
        #expect(take(&mailbox) == (.sleep(USBLimits.idleWait), 0))
        #expect(mailbox.post({}, bounded: true) == .wake)
        #expect(mailbox.post({}, bounded: true) == .accepted)
        #expect(take(&mailbox) == (.run, 2))
        #expect(mailbox.post({}, bounded: true) == .accepted)
    }

    @Test("Bounded work beyond the limit is refused until the thread took some, other work never")
    func bound() {
        var mailbox = EventMailbox()
        for _ in 0..<USBLimits.mailboxWorkMax { _ = mailbox.post({}, bounded: true) }
        #expect(mailbox.post({}, bounded: true) == .refused)
        #expect(mailbox.post({}, bounded: false) == .accepted)
        #expect(take(&mailbox) == (.run, USBLimits.mailboxWorkMax + 1))
        #expect(mailbox.post({}, bounded: true) == .accepted)
    }

    @Test("The thread sleeps until the next timer is due, and is woken for an earlier one only")
    func sleepsUntilTimer() throws {
        var mailbox = asleep()
        #expect(mailbox.schedule(due: start + .seconds(5), {})?.posting == .wake)
        #expect(take(&mailbox) == (.sleep(.seconds(5)), 0))
        #expect(mailbox.schedule(due: start + .seconds(9), {})?.posting == .accepted)
        #expect(mailbox.schedule(due: start + .seconds(2), {})?.posting == .wake)
        #expect(take(&mailbox, after: .seconds(1)) == (.sleep(.seconds(1)), 0))
    }

    @Test("A timer is not due a nanosecond early, and due on time")
    func dueOnTime() {
        var mailbox = asleep()
        _ = mailbox.schedule(due: start + .seconds(5)) {}
        let early = Duration.seconds(5) - .nanoseconds(1)
        #expect(take(&mailbox, after: early) == (.sleep(.nanoseconds(1)), 0))
        #expect(mailbox.takeTimer(now: start + early) == nil)
        #expect(take(&mailbox, after: .seconds(5)) == (.run, 0))
        #expect(mailbox.takeTimer(now: start + .seconds(5)) != nil)
        #expect(mailbox.takeTimer(now: start + .seconds(5)) == nil)
    }

    @Test("Timers come by their time, and those of one time as they were scheduled")
    func timerOrder() {
        var mailbox = EventMailbox()
        let notes = Notes<Int>()
        for (index, seconds) in [3, 1, 2, 1, 3].enumerated() {
            _ = mailbox.schedule(due: start + .seconds(seconds)) { notes.note(index) }
        }
        while let work = mailbox.takeTimer(now: start + .seconds(3)) { work() }
        #expect(notes.all == [1, 3, 2, 0, 4])
    }

    @Test("A cancelled timer does not run, not even when it was due already")
    func cancelled() throws {
        var mailbox = EventMailbox()
        let timer = try #require(mailbox.schedule(due: start) {})
        #expect(take(&mailbox) == (.run, 0))
        mailbox.cancelTimer(timer.id)
        #expect(mailbox.takeTimer(now: start) == nil)
        #expect(mailbox.timerCount == 0)
    }

    @Test("No more timers wait than the limit")
    func timerBound() {
        var mailbox = EventMailbox()
        for _ in 0..<USBLimits.timersMax { #expect(mailbox.schedule(due: start, {}) != nil) }
        #expect(mailbox.schedule(due: start, {}) == nil)
    }

    @Test("A stopping thread runs what was posted, drops its timers, takes nothing more, and ends")
    func stops() {
        var mailbox = asleep()
        _ = mailbox.schedule(due: start + .seconds(1)) {}
        _ = mailbox.post({}, bounded: true)
        #expect(mailbox.stop() == .accepted)
        #expect(mailbox.stop() == .accepted)
        #expect(mailbox.post({}, bounded: false) == .refused)
        #expect(mailbox.schedule(due: start, {}) == nil)
        #expect(take(&mailbox, after: .seconds(9)) == (.run, 1))
        #expect(take(&mailbox, after: .seconds(9)) == (.end, 0))
    }

    @Test("Stopping wakes a thread that sleeps")
    func stopWakes() {
        var mailbox = asleep()
        #expect(mailbox.stop() == .wake)
    }
}
