import Transport
public import Wire

/// The feeds that the store's customers come from, for those who administer the edge. See ``CountertopConnection/feeds``.
public struct FeedCalls: Sendable {
    let connection: CountertopConnection

    /// How each feed stands, by name.
    public func list(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [Feed] {
        let answer: ListFeedsAnswer = try await connection.call(
            "countertop.v1.Feeds/List", ListFeedsRequest(), deadline: deadline)
        return answer.feeds
    }

    /// Has a feed run now.
    @discardableResult
    public func run(
        _ name: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Feed {
        let answer: FeedAnswer = try await connection.call(
            "countertop.v1.Feeds/Run", RunFeedRequest(name: name), deadline: deadline)
        return answer.feed ?? Feed()
    }

    /// Has a feed run now, and waits until that run is over.
    /// - Parameter wait: how long it is waited for.
    /// - Returns: the feed with its run; `nil` when that is not over yet. It goes on.
    public func runToEnd(_ name: String, wait: Duration) async throws(CountertopError) -> Feed? {
        let answer: FeedAnswer = try await connection.call(
            "countertop.v1.Feeds/Run", RunFeedRequest(name: name), deadline: CountertopConnection.callDeadline)
        let end = ContinuousClock.now + wait
        while ContinuousClock.now < end, !Task.isCancelled {
            let feed = try await list().first { $0.name == name }
            if let feed, let last = feed.lastRun, last.number >= answer.run { return feed }
            try? await Task.sleep(for: Self.lookEvery)
        }
        return nil
    }

    private static let lookEvery: Duration = .milliseconds(200)

    /// Takes those out of the local copy whom a source brought that nothing runs any more, such as an import.
    /// - Returns: how many there were.
    public func forget(
        _ name: String, operation: OperationID = OperationID(), deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> UInt64 {
        let answer: ForgetFeedAnswer = try await connection.call(
            "countertop.v1.Feeds/Forget", ForgetFeedRequest(name: name), operation: operation, deadline: deadline)
        return answer.customers
    }

    /// Has the edge take a file of its own machine into its local copy.
    /// - Parameter onProgress: is told of each step.
    /// - Returns: the last step: what became of it.
    public func importFile(
        _ request: ImportRequest, onProgress: (ImportEvent) -> Void = { _ in }
    ) async throws(CountertopError) -> ImportEvent {
        let stream = connection.channel.stream("countertop.v1.Feeds/Import", body: request.packed())
        defer { stream.cancel() }
        var last = ImportEvent()
        while let event = try await Self.next(of: stream) {
            last = event
            onProgress(event)
        }
        return last
    }

    private static func next(of stream: ReplyStream) async throws(CountertopError) -> ImportEvent? {
        switch await stream.next() {
        case .success(let body?):
            do throws(WireError) {
                return try ImportEvent(packed: body)
            } catch {
                throw CountertopError(error)
            }
        case .success(nil): return nil
        case .failure(let failure): throw CountertopError(failure)
        }
    }
}
