import Dispatch
import Testing

@testable import USB

@Suite(.timeLimit(.minutes(2)))
struct USBEventThreadTests {
    /// Lives on the event thread.
    private actor Resident {
        private let thread: USBEventThread
        nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

        init(_ thread: USBEventThread) { self.thread = thread }

        func isOnThread() -> Bool { thread.isCurrent }
    }

    @Test("Posted work runs in order, on the thread and nowhere else")
    func order() throws {
        let thread = try USBEventThread()
        let notes = Notes<Int>()
        for index in 0..<1_000 { #expect(thread.execute { notes.note(thread.isCurrent ? index : -1) }) }
        notes.wait(for: 1_000)
        #expect(notes.all == Array(0..<1_000))
        #expect(!thread.isCurrent)
        thread.stop()
    }

    @Test("Work posted from many threads all runs")
    func manyPosters() throws {
        let thread = try USBEventThread()
        let notes = Notes<Int>()
        DispatchQueue.concurrentPerform(iterations: 4) { poster in
            for index in 0..<2_000 { thread.execute { notes.note(poster * 2_000 + index) } }
        }
        notes.wait(for: 8_000)
        #expect(notes.all.sorted() == Array(0..<8_000))
        thread.stop()
    }

    @Test("A timer runs on the thread, not before its time")
    func timer() throws {
        let thread = try USBEventThread()
        let notes = Notes<(Bool, ContinuousClock.Instant)>()
        let due = ContinuousClock.now + .milliseconds(20)
        #expect(thread.schedule(after: .milliseconds(20)) { notes.note((thread.isCurrent, .now)) } != nil)
        notes.wait(for: 1)
        #expect(notes.all[0].0 && notes.all[0].1 >= due)
        thread.stop()
    }

    @Test("A timer that is cancelled on the thread does not run, even when it was due already")
    func cancelledTimer() throws {
        let thread = try USBEventThread()
        let notes = Notes<String>()
        thread.execute {
            let timers = Notes<USBTimer>()
            thread.schedule(after: .zero) { timers.all.first?.cancel() }
            if let timer = thread.schedule(after: .zero, { notes.note("cancelled") }) { timers.note(timer) }
            thread.schedule(after: .zero) { notes.note("kept") }
        }
        notes.wait(for: 1)
        thread.stop()
        #expect(notes.all == ["kept"])
    }

    @Test("Stopping runs what was posted, drops timers, and refuses what comes later")
    func stop() throws {
        let thread = try USBEventThread()
        let notes = Notes<String>()
        thread.schedule(after: .seconds(3_600)) { notes.note("timer") }
        thread.execute { notes.note("first") }
        thread.execute { notes.note("second") }
        thread.stop()
        #expect(notes.all == ["first", "second"])
        #expect(!thread.execute { notes.note("late") })
        #expect(thread.schedule(after: .zero) { notes.note("late") } == nil)
        #expect(thread.timerCount == 0)
        thread.stop()
        #expect(notes.all == ["first", "second"])
    }

    @Test("An actor lives on the thread, and its jobs still run when the thread was stopped")
    func actor() async throws {
        let thread = try USBEventThread()
        let resident = Resident(thread)
        #expect(await resident.isOnThread())
        for _ in 0..<200 {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    thread.stop()
                    continuation.resume()
                }
            }
            #expect(await resident.isOnThread())
        }
    }

    @Test("Work can be awaited, on the thread and off it, but not when it will not run")
    func perform() throws {
        let thread = try USBEventThread()
        #expect(thread.perform { thread.isCurrent } == true)
        #expect(thread.perform { thread.perform { 7 } } == 7)
        thread.stop()
        #expect(thread.perform { 7 } == nil)
    }
}
