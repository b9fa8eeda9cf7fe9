import Dispatch

/// What a port asks of the kernel that lasts until the device answers: to end a halt, to reset, to give a driver back. It is
/// done on a thread beside the event thread, one order after another, so that a device that does not answer holds up
/// nobody but itself. It lives on the event thread.
///
/// The kernel lets nobody near a device while it works for it, so the port's other steps wait here for their turn.
final class PortOrders {
    /// What of the port's own must have ended before a step.
    enum Need: Sendable {
        case nothing
        /// Control transfers and writes.
        case operations
        /// All transfers.
        case transfers
    }

    private struct Step {
        let need: Need
        let run: () -> Void
    }

    private let thread: USBEventThread
    /// Whether nothing of that is in flight.
    private let isOver: (Need) -> Bool
    /// Called when nothing is under way and nothing waits.
    private let onQuiet: () -> Void
    private let queue = DispatchQueue(label: "countertop.usb.orders")
    private var steps: [Step] = []
    private var isRunning = false

    init(thread: USBEventThread, isOver: @escaping (Need) -> Bool, onQuiet: @escaping () -> Void) {
        self.thread = thread
        self.isOver = isOver
        self.onQuiet = onQuiet
    }

    /// Whether an order is under way or a step waits for one.
    var isBusy: Bool { isRunning || !steps.isEmpty }
    /// Whether the kernel works for the device just now.
    var isUnderWay: Bool { isRunning }

    /// Whether so many steps more may wait.
    func hasRoom(for count: Int) -> Bool { steps.count + count <= USBLimits.operationsMax }

    /// Takes a step that must not meet an order under way, at once when there is none.
    /// - Parameter need: what it waits for beside its turn.
    /// - Returns: false when ``USBLimits/operationsMax`` steps wait already and the step is `bounded`: it will not be taken.
    @discardableResult
    func take(after need: Need = .nothing, bounded: Bool = false, _ step: @escaping () -> Void) -> Bool {
        guard !bounded || hasRoom(for: 1) else { return false }
        steps.append(Step(need: need, run: step))
        advance()
        return true
    }

    /// Carries an order out beside the event thread. Called from a step.
    /// - Parameter then: runs on the event thread with the result, before the next step.
    func carryOut<Result: Sendable>(
        _ order: @escaping @Sendable () -> Result, then: @escaping (Result) -> Void
    ) {
        isRunning = true
        let end = ThreadBound((orders: self, then: then), to: thread)
        queue.async { [thread] in
            let result = order()
            thread.executeUnbounded {
                end.value.orders.isRunning = false
                end.value.then(result)
                end.value.orders.advance()
            }
        }
    }

    /// Runs after the orders that were given, when the event thread may have ended.
    func last(_ order: @escaping @Sendable () -> Void) {
        queue.async(execute: order)
    }

    /// Takes the steps whose time has come. Called when transfers have ended.
    func advance() {
        while !isRunning, let step = steps.first, isOver(step.need) {
            steps.removeFirst()
            step.run()
        }
        if !isBusy { onQuiet() }
    }
}
