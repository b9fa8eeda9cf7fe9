import ArgumentParser
import Capture
import Devices
import Edge
import USB
import Wire

struct DebugRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Write everything that goes between the edge's side and the devices into a file.",
        discussion: """
            The file is pcapng with usbmon packets: Wireshark opens it, and countertop debug replay plays it without the \
            devices. It holds what is scanned, so treat it as you treat the customers' data, and delete it when the fault \
            is found. While an edge runs, what it sends and reads is written down, and the edge goes on as ever; without one \
            the devices are taken as an edge does. Ctrl-C ends.
            """)

    @Argument(help: "The file to make, such as scanner.pcapng.", completion: .file(extensions: ["pcapng"]))
    var file: String

    @OptionGroup var only: DeviceOption
    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func run() async throws {
        let selector = try only.selector()
        let configuration = try options.configuration()
        let edge = try await options.view(configuration).edge()
        let trace = DeviceTrace(only: selector, json: json.json)
        guard let edge else {
            return try await record(selector, configuration?.devices ?? DeviceConfiguration(), trace)
        }
        let devices = try await edge.devices(selector)
        guard selector == nil || !devices.isEmpty else {
            Terminal.complain(
                "The edge sees no such device. \(options.given.command("debug list")) shows what is plugged in.")
            throw ExitCode.failure
        }
        let writer = try CaptureWriter(path: file)
        say("Recording into \(file), through the edge at \(edge.address). Scan something. Ctrl-C ends.")
        try await ending(writer) {
            try await edge.record(selector == nil ? [] : devices.map(\.path), into: writer) { event, lane in
                trace.take(event, lane: lane)
            }
        }
    }

    /// Records, and says in the end how much the file holds and why there is no more of it.
    private func ending(_ writer: CaptureWriter, _ record: () async throws -> EdgeDevices.Ending) async throws {
        var fault: (any Error)?
        var why = "it was told to end"
        do {
            if case .edge = try await record() { why = "the edge ended" }
        } catch {
            fault = error
            why = "it failed, as is said below"
        }
        if let error = writer.error { (fault, why) = (error, "the file takes no more") }
        let count = writer.packets
        say("\(count) \(count == 1 ? "packet was" : "packets were") written to \(file). The recording is over: \(why).")
        if count == 0 { say("Nothing went over the bus: the devices are not plugged in, or nobody reads them.") }
        if let fault { throw fault }
    }

    /// Takes the devices, as an edge would.
    private func record(
        _ selector: DeviceSelector?, _ configuration: DeviceConfiguration, _ trace: DeviceTrace
    ) async throws {
        let writer = try CaptureWriter(path: file)
        let tap = TransferTap()
        tap.begin(isRecorded: { selector?.matches($0) ?? true }, take: { writer.write($0) })
        let bus = RecordingBus(try LibUSBBus(), tap: tap)
        let session = DebugSession(bus: bus, configuration: configuration, only: selector) { trace.take($0) }
        try await ending(writer) {
            try await session.run {
                say("Recording into \(file). Scan something. Ctrl-C ends.")
                try await DebugSession.forever()
            }
            return .person
        }
    }

    private func say(_ words: String) {
        // A program reads nothing but JSON from standard output.
        json.json ? Terminal.complain(words) : Terminal.line(words)
    }
}
