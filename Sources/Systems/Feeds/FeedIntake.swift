package import Customers

/// Takes a feed's pages into the local copy, each with its cursor in one transaction.
package struct FeedIntake: Sendable {
    package let feed: String
    private let replica: Replica

    package init(feed: String, replica: Replica) {
        self.feed = feed
        self.replica = replica
    }

    /// Where the feed goes on; `nil` before its first page.
    /// - Throws: ``SystemsError`` `replicaUnwritable`.
    package func cursor() throws(SystemsError) -> [UInt8]? {
        do throws(CustomersError) {
            return try replica.cursor(of: feed)
        } catch {
            throw Self.unwritable(error)
        }
    }

    /// Takes a page. It waits for the disk.
    /// - Parameters:
    ///   - cursor: with which the page was asked for.
    ///   - progress: of the run, which the page is added to.
    /// - Throws: ``SystemsError``: `replicaUnwritable`, or `cursorGone` when the copy began anew since; nothing of the page is taken
    ///   then.
    package func take(
        _ page: SourcePage, after cursor: [UInt8]?, _ progress: inout FeedProgress
    ) throws(SystemsError) {
        let applied: AppliedPage
        do throws(CustomersError) {
            var changes = ChangePage(
                feed: feed, cursor: page.cursor, isComplete: page.isLast, groups: page.groups,
                customers: page.changes, merges: page.merges)
            changes.follows = cursor
            applied = try replica.apply(changes)
        } catch {
            throw Self.unwritable(error)
        }
        progress.pages += 1
        progress.rowsRead += page.rowsRead
        progress.upserted += applied.upserted
        progress.unchanged += applied.unchanged
        progress.removed += applied.removed
        progress.moved += applied.moved
        progress.merged += page.merges.count
        progress.bytesRead = page.bytesRead
        progress.bytesTotal = page.bytesTotal
        progress.isComplete = page.isLast
        if !page.fields.isEmpty { progress.fields = page.fields }
        progress.rejections.add(page.rejections)
        for finding in applied.findings {
            let line = finding.row < page.lines.count ? page.lines[finding.row] : 0
            progress.rejections.add(Rejection(line: line, column: 0, reason: RejectionReason(finding.reason)))
        }
    }

    /// Takes pages until the source has no more.
    /// - Parameters:
    ///   - anew: whether to begin at the front, although a run ended within the source's data.
    ///   - onPage: is told after each page, and says whether to go on.
    /// - Throws: ``SystemsError``. What was taken before stays, and the next run goes on behind it. `cursorGone` when somebody else
    ///   reads the feed at the same time, again and again.
    package func run(
        _ source: any Source, anew: Bool = false, onPage: (FeedProgress) -> Bool = { _ in true }
    ) async throws(SystemsError) -> FeedProgress {
        var progress = FeedProgress()
        var cursor = try anew ? nil : cursor()
        var hasBegunAnew = false
        while true {
            let page = try await source.page(after: cursor)
            do throws(SystemsError) {
                try take(page, after: cursor, &progress)
            } catch {
                guard error.code == .cursorGone else { throw error }
                guard !hasBegunAnew else {
                    throw SystemsError(
                        .cursorGone,
                        "The feed \(feed) is read at the same time. Try again when that is through: countertop customers feeds"
                    )
                }
                (cursor, progress, hasBegunAnew) = (nil, FeedProgress(), true)
                continue
            }
            guard onPage(progress), !page.isLast else { return progress }
            cursor = page.cursor
        }
    }

    /// Takes a file once more that was read to its end, because whoever asks has a reason, and goes on with one that was
    /// not. The parameters are those of ``run(_:anew:onPage:)``.
    package func take(
        _ source: FileSource, anew: Bool, onPage: (FeedProgress) -> Bool
    ) async throws(SystemsError) -> FeedProgress {
        let isUnderWay = try cursor().map { source.isUnderWay($0) } ?? false
        return try await run(source, anew: anew || !isUnderWay, onPage: onPage)
    }

    private static func unwritable(_ error: CustomersError) -> SystemsError {
        SystemsError(
            error.code == .placeLost ? .cursorGone : .replicaUnwritable, error.message, cause: error.cause)
    }
}

extension RejectionReason {
    init(_ reason: RowFinding.Reason) {
        self =
            switch reason {
            case .keyUnusable: .keyUnusable
            case .tooLarge: .tooLarge
            case .identifierTaken: .identifierTaken
            case .erased: .erased
            case .identifierLeftOut: .identifierLeftOut
            case .groupLeftOut: .groupLeftOut
            }
    }
}
