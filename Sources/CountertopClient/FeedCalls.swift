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
