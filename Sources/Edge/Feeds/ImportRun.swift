import NIOCore
import Synchronization
import Systems
import Transport
import Wire

/// An import that a client looks at: it runs on a task of its own, and tells on the connection's event loop.
final class ImportRun: Sendable {
    private let sink: StreamSink<ImportEvent>
    private let intake: FeedIntake
    private let source: FileSource
    private let anew: Bool
    private let isCancelled = Atomic(false)

    /// Call it on the connection's event loop.
    init(_ sink: StreamSink<ImportEvent>, intake: FeedIntake, source: FileSource, anew: Bool) {
        self.sink = sink
        self.intake = intake
        self.source = source
        self.anew = anew
        sink.onCancel = { [self] _ in isCancelled.store(true, ordering: .relaxed) }
    }

    /// Runs to the end of the file, or until nobody looks any more.
    func run() async {
        let outcome = await take()
        sink.context.eventLoop.execute { [self] in finish(outcome) }
    }

    private func take() async -> Result<FeedProgress, SystemsError> {
        do throws(SystemsError) {
            return .success(
                try await intake.take(source, anew: anew) { [self] progress in
                    tell(progress)
                    return !isCancelled.load(ordering: .relaxed) && !Task.isCancelled
                })
        } catch {
            return .failure(error)
        }
    }

    /// Whoever reads slowly misses steps, and no more.
    private func tell(_ progress: FeedProgress) {
        sink.context.eventLoop.execute { [sink] in
            if sink.isOpen, sink.hasCredit { sink.send(ImportEvent(progress)) }
        }
    }

    private func finish(_ outcome: Result<FeedProgress, SystemsError>) {
        guard sink.isOpen else { return }
        switch outcome {
        case .success(let progress):
            sink.send(ImportEvent(last: progress))
            sink.finish()
        case .failure(let error): sink.fail(Status(.importRefused, error.message))
        }
    }
}
