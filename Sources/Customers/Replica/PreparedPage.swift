import Dispatch
import Synchronization

/// The changes of a page in their order, made ready one batch ahead of the thread that writes them: the digests and the
/// seals of a first load cost as much as its writing.
final class PreparedPage {
    /// A batch that another thread makes ready.
    private final class Batch: Sendable {
        let changes = Mutex<Result<[PreparedChange], any Error>>(.success([]))
        let isReady = DispatchSemaphore(value: 0)
    }

    private final class Worker: Sendable {
        let preparation: Mutex<PagePreparation>
        let queue = DispatchQueue(label: "countertop.page")

        init(_ preparation: PagePreparation) { self.preparation = Mutex(preparation) }

        func prepare(_ changes: ArraySlice<CustomerChange>) -> Result<[PreparedChange], any Error> {
            preparation.withLock { preparation in
                Result {
                    var prepared: [PreparedChange] = []
                    prepared.reserveCapacity(changes.count)
                    for change in changes { prepared.append(try preparation.prepare(change)) }
                    return prepared
                }
            }
        }
    }

    private let changes: [CustomerChange]
    private let worker: Worker
    /// Where the batch begins that is to be made ready next.
    private var next = 0
    private var coming: Batch?

    init(_ changes: [CustomerChange], preparation: PagePreparation) {
        self.changes = changes
        worker = Worker(preparation)
    }

    /// The next batch, empty behind the last.
    func batch() throws -> [PreparedChange] {
        guard changes.count >= CustomersLimits.largePageRows else { return try worker.prepare(takeRows()).get() }
        let present = coming ?? begin()
        coming = begin()
        present.isReady.wait()
        return try present.changes.withLock { $0 }.get()
    }

    private func begin() -> Batch {
        let batch = Batch()
        let rows = takeRows()
        worker.queue.async { [worker] in
            let prepared = worker.prepare(rows)
            batch.changes.withLock { $0 = prepared }
            batch.isReady.signal()
        }
        return batch
    }

    private func takeRows() -> ArraySlice<CustomerChange> {
        let rows = changes[next..<min(next + CustomersLimits.batchRows, changes.count)]
        next = rows.endIndex
        return rows
    }
}
