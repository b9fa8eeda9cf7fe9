import Logging
import Synchronization
import Systems

/// Tells the log of a feed. What fails in the same way at each try is told once, and again when it changes.
final class FeedLog: Sendable {
    private let feed: String
    private let logger: Logger
    /// What was told last; `nil` since the feed was through.
    private let told = Mutex<String?>(nil)

    init(feed: String, logger: Logger) {
        self.feed = feed
        self.logger = logger
    }

    func tell(_ event: FeedRunner.Event) {
        switch event {
        case .through(let progress):
            let isMended = told.withLock { told in
                defer { told = nil }
                return told != nil
            }
            if progress.moved > 0 {
                logger.notice(
                    """
                    Cards or numbers of customers belong to others now, as the feed gives them. Where these are many, its keys may \
                    have changed: look there.
                    """, metadata: ["feed": "\(feed)", "moved": "\(progress.moved)"])
            }
            let level: Logger.Level = isMended ? .notice : progress.rowsRead > 0 ? .info : .debug
            logger.log(
                level: level, isMended ? "A feed is through again." : "A feed is through.",
                metadata: [
                    "feed": "\(feed)", "rows": "\(progress.rowsRead)", "upserted": "\(progress.upserted)",
                    "removed": "\(progress.removed)", "refused": "\(progress.rejections.refused)",
                ])
        case .failed(let error):
            let isNew = told.withLock { told in
                defer { told = error.description }
                return told != error.description
            }
            var metadata: Logger.Metadata = ["feed": "\(feed)", "reason": "\(error.code)"]
            if let cause = error.cause { metadata["cause"] = "\(cause)" }
            logger.log(level: isNew ? .warning : .debug, "\(error.message)", metadata: metadata)
        }
    }
}
