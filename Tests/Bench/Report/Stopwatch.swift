import Glibc

/// The monotonic clock in nanoseconds.
enum Stopwatch {
    static func now() -> Int64 { read(CLOCK_MONOTONIC) }

    /// The processor time of this process less that of this thread: what the servers in it took, while this thread is
    /// their client. Other programs on the machine do not move it.
    static func serverTime() -> Int64 { read(CLOCK_PROCESS_CPUTIME_ID) - read(CLOCK_THREAD_CPUTIME_ID) }

    /// Waits until this process has nothing to do, for as long as `patience` at most: an edge reads its whole replica through
    /// after its start, which no figure is to pay for.
    static func waitUntilIdle(patience: Duration = .seconds(60)) async throws {
        let end = ContinuousClock.now + patience
        var before = read(CLOCK_PROCESS_CPUTIME_ID)
        while ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(100))
            let now = read(CLOCK_PROCESS_CPUTIME_ID)
            // A twentieth of one processor.
            if now - before < 5_000_000 { return }
            before = now
        }
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Sleeps to a moment of the same clock.
    static func sleep(until moment: Int64) {
        var time = timespec(tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    /// How many nanoseconds of the processor a repetition takes: what other programs do meanwhile does not count.
    static func nanoseconds(repetitions: Int, _ work: () throws -> Void) rethrows -> Double {
        let start = read(CLOCK_THREAD_CPUTIME_ID)
        try work()
        return Double(read(CLOCK_THREAD_CPUTIME_ID) - start) / Double(repetitions)
    }
}
