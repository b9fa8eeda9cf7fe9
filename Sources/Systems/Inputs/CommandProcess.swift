import Glibc
import Synchronization

/// A program that was started in a process group of its own.
final class CommandProcess: Sendable {
    private enum State {
        case running(pid_t)
        case ended(status: Int32)
    }

    private let state: Mutex<State>

    init(_ process: pid_t) { state = Mutex(.running(process)) }

    /// Ends it, and what it started, if it still runs.
    func end() {
        state.withLock { state in
            if case .running(let process) = state { kill(-process, SIGKILL) }
        }
    }

    /// Waits for its end.
    /// - Returns: what waitpid(2) says of it.
    func status() -> Int32 {
        switch state.withLock({ $0 }) {
        case .ended(let status): return status
        case .running(let process):
            // Until it is reaped, its number is nobody else's: the wait leaves it to be reaped under the lock.
            var info = siginfo_t()
            while waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
            return state.withLock { state in
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0 && errno == EINTR {}
                state = .ended(status: status)
                return status
            }
        }
    }
}
