import Logging
import NIOCore
import Transport
import Wire

extension LaneHost {
    /// Looks whether a watcher keeps up. The lane's till that takes nothing for ``LaneLimits/takeTime`` is let go, so that
    /// another one may have the scans. Those who only look on cost nobody anything, and stay.
    func mind(_ watcher: LaneWatcher) {
        guard watcher.till != nil, watcher.isBehind(lane.lastSequence) else {
            return watcher.endPatience()
        }
        guard watcher.patience == nil else { return }
        let time = TimeAmount(lane.limits.takeTime)
        watcher.patience = surroundings.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self, weak watcher] in
            guard let self, let watcher else { return }
            giveUp(watcher)
        }
    }

    private func giveUp(_ watcher: LaneWatcher) {
        watcher.patience = nil
        guard let till = watcher.till, remove(watcher.sink) != nil else { return }
        // It has been gone since it took something last, as one that fell silent has.
        perform { $0.lost(till, for: $0.limits.takeTime, now: $1) }
        surroundings.logger.notice(
            "The till took nothing for long and was let go.",
            metadata: ["lane": "\(lane.name)", "till": "\(till.name)"])
        watcher.sink.fail(
            Wire.Status(
                .consumerTooSlow,
                "The till gave no credit for \(lane.limits.takeTime), so lane \(lane.name) is free for another. Take what "
                    + "comes, and watch again from the last scan that was applied."))
    }
}
