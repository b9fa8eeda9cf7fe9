import Foundation
import Glibc
import Synchronization

/// A `countertop` that runs, with what it has written so far.
final class RunningProgram: Sendable {
    private struct State {
        var output = Data()
        var errors = Data()
        var status: Int32?
        var pipesOpen = 2
        var waiting: [Waiting] = []
    }

    private struct Waiting {
        let condition: @Sendable (State) -> Bool
        let caller: CheckedContinuation<Void, Never>
    }

    private let process: Process
    /// What is typed into it; `nil` when it reads nothing.
    private let input: Pipe?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - environment: more variables than this process has.
    ///   - isTypedInto: whether it reads what ``type(_:)`` gives it, and nothing otherwise.
    init(
        _ arguments: [String], of program: URL = Program.url, environment: [String: String] = [:],
        isTypedInto: Bool = false
    ) throws {
        process = Process()
        input = isTypedInto ? Pipe() : nil
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = input ?? FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.terminationHandler = { [weak self] process in
            self?.change { $0.status = process.terminationStatus }
        }
        try process.run()
        watch(process.processIdentifier)
        read(output.fileHandleForReading) { $0.output += $1 }
        read(errors.fileHandleForReading) { $0.errors += $1 }
    }

    /// Waits for its end on a thread of its own: Foundation misses one now and then in a process with thousands of open files.
    private func watch(_ identifier: pid_t) {
        let thread = Thread { [self] in
            var ending = siginfo_t()
            while waitid(P_PID, id_t(identifier), &ending, WEXITED | WNOWAIT) != 0 {
                // Foundation was quicker, and tells.
                guard errno == EINTR else { return }
            }
            let status = ending._sifields._sigchld.si_status
            change { $0.status = status }
        }
        thread.start()
    }

    /// Reads to the end on a thread of its own.
    private func read(_ handle: FileHandle, _ take: @escaping @Sendable (inout State, Data) -> Void) {
        let thread = Thread { [self] in
            while true {
                let data = handle.availableData
                guard !data.isEmpty else { return change { $0.pipesOpen -= 1 } }
                change { take(&$0, data) }
            }
        }
        thread.start()
    }

    func output() -> String { state.withLock { String(decoding: $0.output, as: UTF8.self) } }
    func errors() -> String { state.withLock { String(decoding: $0.errors, as: UTF8.self) } }

    /// Types a line into it.
    func type(_ line: String) throws { try input?.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

    /// Asks it to end, as systemd does.
    func terminate() { process.terminate() }

    /// Ends it as a lost power supply does.
    func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

    /// Waits for its end.
    func status() async -> Int32 {
        await wait { $0.status != nil && $0.pipesOpen == 0 }
        return state.withLock { $0.status ?? -1 }
    }

    /// Waits until it has written this, or has ended.
    func waitFor(output text: String) async {
        await wait { $0.status != nil || String(decoding: $0.output, as: UTF8.self).contains(text) }
    }

    func waitFor(errors text: String) async {
        await wait { $0.status != nil || String(decoding: $0.errors, as: UTF8.self).contains(text) }
    }

    private func wait(_ condition: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { caller in
            let holds = state.withLock { state in
                if condition(state) { return true }
                state.waiting.append(Waiting(condition: condition, caller: caller))
                return false
            }
            if holds { caller.resume() }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let ready = state.withLock { state in
            body(&state)
            let (ready, waiting) = state.waiting.reduce(into: ([Waiting](), [Waiting]())) { parts, waiting in
                if waiting.condition(state) { parts.0.append(waiting) } else { parts.1.append(waiting) }
            }
            state.waiting = waiting
            return ready
        }
        for waiting in ready { waiting.caller.resume() }
    }
}
