import Foundation
import Testing

/// The README's commands, run as it says them, but for the place of the files and the port.
@Suite struct ReadmeTests {
    private let readme: Readme

    init() throws {
        readme = try Readme()
    }

    @Test("It fits two screens")
    func length() {
        #expect(readme.lines.count <= 110)
    }

    @Test("Every make target it names is there, and make help lists it")
    func targets() throws {
        let makefile = try String(contentsOf: Program.root.appending(path: "Makefile"), encoding: .utf8)
        let targets = readme.text.matches(of: /make ([a-z]+)/).map { String($0.1) }
        #expect(targets.contains("run"))
        for target in targets {
            #expect(makefile.contains("\n\(target):"), "make \(target)")
        }
    }

    @Test("Every file it names is there")
    func files() {
        for match in readme.text.matches(of: /`((udev|packaging|Protos|Tests|[A-Z]+\.md)[A-Za-z0-9\/.\-]*)`/) {
            #expect(
                FileManager.default.fileExists(atPath: Program.root.appending(path: String(match.1)).path), "\(match.1)"
            )
        }
    }

    @Test("From its configuration to a scanned customer at a till, command by command")
    func commands() async throws {
        let store = try ReadmeStore(readme)
        defer { store.remove() }
        let check = try await Program.run(try store.arguments(of: "countertop run --config store.yaml --check"))
        #expect(check.status == 0, "\(check.errors)")
        let edge = try RunningProgram(try store.arguments(of: "countertop run --config store.yaml"))
        await edge.waitFor(errors: "Ready.")
        let till = try RunningProgram(try store.arguments(of: "countertop watch 1 --till --edge 127.0.0.1:7433"))
        await till.waitFor(output: "lane    1")
        let enter = try await Program.run(
            try store.arguments(of: "countertop enter 1 CU00000KARINORDAS --edge 127.0.0.1:7433"))
        #expect(enter.output == "scan #1 of lane 1\n", "\(enter.errors)")
        await till.waitFor(output: "Kari Nordås")
        #expect(till.output().contains("CU00000KARINORDAS -> Kari Nordås (customer card), waits for a basket"))
        let resolve = try await Program.run(
            try store.arguments(of: "countertop resolve \"990 00 001\" --edge 127.0.0.1:7433"))
        #expect(resolve.status == 0, "\(resolve.errors)")
        #expect(resolve.output.contains("Kari Nordås (phone)"))
        till.terminate()
        _ = await till.status()
        edge.terminate()
        #expect(await edge.status() == 0, "\(edge.errors())")
    }

    @Test("The technician's list says what is plugged in, or that nothing is")
    func debugList() async throws {
        #expect(readme.commands.contains("countertop debug list"))
        let list = try await Program.run(["debug", "list"])
        #expect(list.status == 0, "\(list.errors)")
        #expect(!list.output.isEmpty)
    }

    @Test("The technician's watch runs until it is told to stop, and gives the devices back")
    func debugWatch() async throws {
        #expect(readme.commands.contains("countertop debug watch"))
        let watch = try RunningProgram(["debug", "watch"])
        await watch.waitFor(output: "Ctrl-C ends.")
        watch.terminate()
        #expect(await watch.status() == 0, "\(watch.errors())")
    }
}
