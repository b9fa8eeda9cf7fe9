import ArgumentParser
import CountertopClient
import Devices
import Edge
import USB

struct DebugWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show every report of the scanners: its bytes, its fields, the scan it made.",
        discussion: """
            While an edge runs it is shown what the edge reads, and who was recognised; the edge goes on as ever. Without one it \
            claims the devices as an edge does. What is scanned is shown on the screen. Ctrl-C ends.
            """)

    @Option(
        name: .long,
        help:
            "Tell each scanner this once it is ready: goodRead, notOnFile or error for its beeps, pullTrigger, aim, lightOn."
    )
    var tell: ScannerSignal?

    @OptionGroup var only: DeviceOption
    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func run() async throws {
        let selector = try only.selector()
        let configuration = try options.configuration()
        let view = try await options.view(configuration)
        let edge = try view.edge()
        let trace = DeviceTrace(only: selector, json: json.json)
        guard let edge else {
            return try await watch(trace, selector, configuration?.devices ?? DeviceConfiguration())
        }
        say("Shown through the edge at \(edge.address). Scan something. Ctrl-C ends.")
        try await watch(trace, through: edge)
    }

    /// Takes the devices, as an edge would.
    private func watch(
        _ trace: DeviceTrace, _ selector: DeviceSelector?, _ configuration: DeviceConfiguration
    ) async throws {
        let prompt = tell.map { DevicePrompt($0, only: selector) }
        let session = DebugSession(bus: try LibUSBBus(), configuration: configuration, only: selector) {
            trace.take($0)
            prompt?.take($0)
        }
        prompt?.use(session.hub)
        defer { prompt?.use(nil) }
        try await session.run {
            say(
                trace.isEmpty
                    ? "Nothing of that is plugged in; waiting. Ctrl-C ends." : "Scan something. Ctrl-C ends.")
            try await DebugSession.forever()
        }
    }

    private func watch(_ trace: DeviceTrace, through edge: EdgeDevices) async throws {
        let signal = tell
        let told = ToldOnce()
        try await edge.watch { event, connection in
            switch event {
            case .missed(let count): trace.missed(count)
            case .device(.scan(let scan), _):
                guard trace.shows(scan.path) else { return }
                let resolution = try? await connection.customers.resolve(code: scan.label.data)
                trace.take(.scan(scan), meaning: resolution.map { ResolutionText($0).short })
            case .device(let event, let lane):
                trace.take(event, lane: lane)
                guard let signal, case .changed(let info) = event, info.state == .ready, trace.shows(info.device.path),
                    info.capabilities.signals.contains(signal), told.isFirst(info.device.path)
                else { return }
                _ = try await connection.devices.tell(info.device.path.description, .signal(signal.rawValue))
            }
        }
    }

    private func say(_ words: String) {
        // A program reads nothing but JSON from standard output.
        json.json ? Terminal.complain(words) : Terminal.line(words)
    }
}
