import Glibc

/// What a program prints. It is run without a shell, with an empty standard input, and ended with the input.
final class CommandInput: ByteInput {
    private(set) var bytesRead: UInt64 = 0
    var bytesTotal: UInt64? { nil }

    /// The program, which others may end.
    let process: CommandProcess
    private let program: String
    private let output: Int32

    /// - Parameter words: the program's whole path, and its arguments.
    /// - Throws: ``SystemsError`` `settingsWrong` or `refused`.
    init(_ words: [String]) throws(SystemsError) {
        guard let program = words.first, program.hasPrefix("/"), words.count <= SystemsLimits.commandWordsMax else {
            throw SystemsError(
                .settingsWrong, "A command begins with the whole path of its program, such as /usr/local/bin/export.")
        }
        self.program = program
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw SystemsError(.unavailable, "\(program) cannot be run.", cause: FileInput.words(errno))
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        output = ends[0]
        var process: pid_t = 0
        let code = Self.spawn(words, output: ends[1], &process)
        guard code == 0 else {
            close(output)
            throw SystemsError(
                .refused, "\(program) cannot be run. Check that it is there and may be executed.",
                cause: FileInput.words(code))
        }
        self.process = CommandProcess(process)
    }

    deinit {
        close(output)
        process.end()
        _ = process.status()
    }

    func read() throws(SystemsError) -> [UInt8] {
        var look = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        var ready: Int32
        repeat {
            ready = poll(&look, 1, Int32(SystemsLimits.commandSilence.components.seconds * 1_000))
        } while ready < 0 && errno == EINTR
        guard ready > 0 else {
            throw SystemsError(
                .unavailable,
                "\(program) printed nothing for \(SystemsLimits.commandSilence.components.seconds) s and was ended.")
        }
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: SystemsLimits.chunkBytes) { [output] buffer, filled in
            repeat {
                count = Glibc.read(output, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else {
            throw SystemsError(.unavailable, "\(program) cannot be read.", cause: FileInput.words(errno))
        }
        bytesRead += UInt64(count)
        return bytes
    }

    /// Waits for the program's end.
    /// - Throws: ``SystemsError`` `unavailable` when it did not end well: what it printed may not be all.
    func finish() throws(SystemsError) {
        let status = process.status()
        guard status == 0 else {
            let how = status & 0x7F == 0 ? "status \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
            throw SystemsError(
                .unavailable, "\(program) ended with \(how), so what it printed may not be all. Run it by hand.")
        }
    }

    /// - Returns: 0, or the error's number.
    private static func spawn(_ words: [String], output: Int32, _ process: inout pid_t) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        // What it complains about may hold personal data.
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/local/bin:/usr/bin:/bin"), nil]
        defer { for entry in environment { free(entry) } }
        return posix_spawn(&process, words[0], &actions, &attributes, &arguments, &environment)
    }
}
