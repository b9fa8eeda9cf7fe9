import NIOCore

/// Wakes a connection at the time its rules ask for. It lives on the connection's event loop.
///
/// Most deadlines only move away (each frame moves that of the keepalive), so an alarm that is set already and goes off
/// early is cheaper than one set anew each time.
struct LoopAlarm {
    private var set: (at: Duration, task: Scheduled<Void>)?

    /// Has `ring` called at this time, or before; `nil` for not at all.
    mutating func set(_ time: Duration?, on eventLoop: any EventLoop, _ ring: @escaping () -> Void) {
        guard let time else { return cancel() }
        if let set, set.at <= time { return }
        cancel()
        set = (time, eventLoop.assumeIsolated().scheduleTask(deadline: LoopClock.deadline(time), ring))
    }

    /// The alarm rang.
    mutating func rang() {
        set = nil
    }

    mutating func cancel() {
        set?.task.cancel()
        set = nil
    }
}
