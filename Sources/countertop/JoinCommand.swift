import ArgumentParser
import CountertopClient

struct JoinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Pair this till with an edge, by the code that \"countertop pair\" shows there.",
        discussion: """
            The edge's key is compared with the code before anything is said to it. The till's key never leaves this machine.
            """)

    @Argument(help: "The edge: HOST, or HOST:PORT when its port is not 7433.")
    var edge: String

    @Argument(help: "The code; spaces, dashes and case do not count. Without it, it is read from standard input.")
    var code: [String] = []

    @OptionGroup var options: CredentialsOptions

    func run() async throws {
        let (host, port) = try EdgeOptions.hostAndPort(
            edge.hasPrefix("tls://") ? edge.dropFirst("tls://".count) : edge[...], port: 7_433)
        try TillCredentials.prepare(folder: options.credentials)
        let (till, credentials) = try await CountertopClient.pair(
            with: .tls(host: host, port: port), code: try words(), client: "countertop-cli")
        try credentials.save(folder: options.credentials)
        Terminal.line("paired as \(till.id), \(till.name)")
        Terminal.line("kept in \(options.credentials): readable by this user alone")
        let folder =
            options.credentials == CredentialsOptions.standardFolder ? "" : " --credentials \(options.credentials)"
        let lane = till.lane.isEmpty ? "LANE" : till.lane
        let address = EdgeAddress.tls(host: host, port: port)
        Terminal.line("try: countertop watch \(lane) --till --edge \(address)\(folder)")
    }

    /// A code on the command line can be seen by every user of the machine, so it may be typed in as well.
    private func words() throws -> String {
        if !code.isEmpty { return code.joined(separator: " ") }
        if Terminal.isInteractive { Terminal.write("code: ") }
        guard let line = readLine() else { throw ValidationError("No code was given.") }
        return line
    }
}
