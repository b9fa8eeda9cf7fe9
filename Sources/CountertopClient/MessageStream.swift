import Transport
public import Wire

/// The messages of a call that is answered by many, one after the other, to its end.
public struct MessageStream<Element: WireMessage>: AsyncSequence, Sendable {
    public typealias Failure = CountertopError

    private let stream: ReplyStream

    init(_ stream: ReplyStream) {
        self.stream = stream
    }

    public func makeAsyncIterator() -> Iterator { Iterator(stream: stream) }

    /// Takes a stream's messages.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let stream: ReplyStream

        public mutating func next() async throws(CountertopError) -> Element? { try await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(CountertopError) -> Element? {
            switch await stream.next() {
            case .success(let body?):
                do throws(WireError) {
                    return try Element(packed: body)
                } catch {
                    throw CountertopError(error)
                }
            case .success(nil): return nil
            case .failure(let failure): throw CountertopError(failure)
            }
        }
    }
}
