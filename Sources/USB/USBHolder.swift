import Glibc

/// A program that has a device's node open.
package struct USBHolder: Sendable, Hashable {
    /// The process's number.
    package let process: Int
    /// The program's name as the kernel has it (/proc/PID/comm).
    package let program: String
    /// The node it has open.
    package let node: String

    /// A holder of these facts.
    package init(process: Int, program: String, node: String) {
        self.process = process
        self.program = program
        self.node = node
    }
}

/// Who has which nodes open, of all processes that this one may look at.
package struct USBHolders: Sendable, Equatable {
    /// In the order of their process numbers.
    package private(set) var all: [USBHolder] = []
    /// Whether every process could be looked at. Only root may look at all.
    package private(set) var isComplete = true

    /// Nobody.
    package init() {}

    /// Looks through /proc for the programs that have one of these files open.
    package init(of nodes: Set<String>, root: String = "/proc") {
        guard !nodes.isEmpty else { return }
        let own = "\(getpid())"
        let processes = Self.entries(of: root, max: USBLimits.processesMax)?.filter { $0.allSatisfy(\.isNumber) } ?? []
        for process in processes.sorted(by: { (Int($0) ?? 0) < (Int($1) ?? 0) }) where process != own {
            guard let files = Self.entries(of: "\(root)/\(process)/fd", max: USBLimits.processFilesMax) else {
                // A process that has ended meanwhile holds nothing.
                if access("\(root)/\(process)", F_OK) == 0 { isComplete = false }
                continue
            }
            let held = Set(files.compactMap { Self.target("\(root)/\(process)/fd/\($0)") }).intersection(nodes)
            guard !held.isEmpty else { continue }
            let name = Self.program("\(root)/\(process)/comm")
            all += held.sorted().map { USBHolder(process: Int(process) ?? 0, program: name, node: $0) }
        }
    }

    /// The processes of a program that have a USB device open, or may have: such as run with this first argument, where this
    /// process may not look at their files.
    package static func processes(
        of program: String, argument: String, nodesUnder folder: String = "/dev/bus/usb/", root: String = "/proc"
    ) -> [Int] {
        let own = "\(getpid())"
        let all = entries(of: root, max: USBLimits.processesMax)?.filter { $0.allSatisfy(\.isNumber) } ?? []
        return all.filter { process in
            guard process != own, Self.program("\(root)/\(process)/comm") == program else { return false }
            guard let files = entries(of: "\(root)/\(process)/fd", max: USBLimits.processFilesMax) else {
                return Self.firstArgument("\(root)/\(process)/cmdline") == argument
            }
            return files.contains { target("\(root)/\(process)/fd/\($0)")?.hasPrefix(folder) == true }
        }.compactMap { Int($0) }.sorted()
    }

    private static func firstArgument(_ path: String) -> String {
        let arguments = beginning(of: path, bytesMax: 4_096).split(separator: 0, omittingEmptySubsequences: false)
        return arguments.count > 1 ? String(decoding: arguments[1], as: UTF8.self) : ""
    }

    private static func program(_ path: String) -> String {
        let bytes = beginning(of: path, bytesMax: 64).filter { $0 >= 0x20 && $0 < 0x7F }
        return bytes.isEmpty ? "?" : String(decoding: bytes, as: UTF8.self)
    }

    private static func beginning(of path: String, bytesMax: Int) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        let count = read(file, &bytes, bytes.count)
        return Array(bytes.prefix(max(count, 0)))
    }

    private static func target(_ link: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// - Returns: `nil` when the folder cannot be read.
    private static func entries(of folder: String, max entriesMax: Int) -> [String]? {
        guard let directory = opendir(folder) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while names.count < entriesMax, let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
