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

    @Test("It installs the package from where make package leaves it")
    func package() throws {
        let makefile = try String(contentsOf: Program.root.appending(path: "Makefile"), encoding: .utf8)
        #expect(makefile.contains("packaging/build .build/release/countertop .build/package"))
        #expect(readme.commands.contains("sudo apt install ./.build/package/countertop_*.deb"))
    }

    @Test("Every verb it names is one of the program's")
    func verbs() async throws {
        let help = try await Program.run(["--help"])
        for verb in readme.text.matches(of: /countertop ([a-z]+)/).map({ String($0.1) }) {
            #expect(help.output.contains("  \(verb) "), "\(verb)")
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

    @Test("From a pairing code to a scanned customer at a till on the network, command by command")
    func network() async throws {
        let store = try ReadmeStore(readme, isOnNetwork: true)
        defer { store.remove() }
        let edge = try RunningProgram(try store.arguments(of: "countertop run --config store.yaml"))
        await edge.waitFor(errors: "Ready.")
        let pair = try RunningProgram(
            try store.arguments(of: "countertop pair --lane 1 --edge /tmp/countertop/edge.sock"))
        await pair.waitFor(output: "good until")
        let code = try #require(pair.output().firstMatch(of: /([0-9A-Z]{5}-){7}[0-9A-Z]{5}/)).output.0
        let join = try await Program.run(
            try store.arguments(of: "countertop join edge.local CODE", code: String(code)),
            environment: store.environment)
        #expect(join.status == 0, "\(join.errors)")
        #expect(await pair.status() == 0, "\(pair.errors())")
        let till = try RunningProgram(
            try store.arguments(of: "countertop watch 1 --till --edge tls://edge.local:7433"),
            environment: store.environment)
        await till.waitFor(output: "lane    1")
        let tills = try await Program.run(
            try store.arguments(of: "countertop tills --edge /tmp/countertop/edge.sock"))
        #expect(tills.output.contains("till of lane 1  till  lane 1  connected"), "\(tills.output)\(tills.errors)")
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
