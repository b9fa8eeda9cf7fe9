import ArgumentParser
import Capture
import Devices
import USB

struct DebugReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a recorded file as if its devices were plugged in, and show what debug watch would.",
        discussion: """
            The file is one of countertop debug record, or a capture that Wireshark or tcpdump took of a usbmon interface \
            from before the device was plugged in. Keyboards in it are read as scanners. Nothing of this machine is touched.
            """)

    @Argument(help: "The capture, pcapng or pcap.", completion: .file())
    var file: String

    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func run() async throws {
        let devices = try CapturedDevice.devices(in: CaptureReader.packets(inFile: file))
        var configuration = try options.devices()
        // The ports are not those of the store, so that its rules may match nothing; they come first where they do.
        configuration.keyboards += devices.compactMap { captured in
            DeviceSelector(captured.device.path.description).map {
                KeyboardRule(device: $0, wedge: configuration.wedge)
            }
        }
        let bus = VirtualBus(thread: try USBEventThread())
        let trace = DeviceTrace(only: nil, json: json.json)
        let session = DebugSession(bus: bus, configuration: configuration) { trace.take($0) }
        let replay = Replay(devices)
        try await session.run {
            // A stream, since waiting for it ends when a person ends the session.
            let (ended, end) = AsyncStream.makeStream(of: Void.self)
            replay.play(on: bus) { end.finish() }
            for await _ in ended {}
        }
    }
}
