import ArgumentParser
import Devices
import Dispatch
import Synchronization
import USB
import UnixSignals

struct DebugWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show every report of the scanners: its bytes, its fields, the scan it made.",
        discussion: """
            It claims the devices as the edge does, so stop the edge first (systemctl stop countertop). What is scanned is \
            shown on the screen. Ctrl-C gives the devices back and ends.
            """)

    @Option(name: .long, help: "Only this device: a port path (1-4.2), vendor:product (05e0:1200) or serial:NUMBER.")
    var device: String?

    @OptionGroup var options: DebugOptions

    func run() async throws {
        let selector = try device.map { text in
            guard let selector = DeviceSelector(text) else {
                throw ValidationError("'\(text)' names no device. Write 1-4.2, 05e0:1200 or serial:NUMBER.")
            }
            return selector
        }
        let trace = DeviceTrace(only: selector)
        let hub = DeviceHub(bus: try LibUSBBus(), configuration: try options.devices(), tracing: true) {
            trace.take($0)
        }
        do {
            // Before the first word, which may be answered with Ctrl-C.
            let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
            try hub.start()
            Terminal.write(
                trace.isEmpty
                    ? "Nothing of that is plugged in; waiting. Ctrl-C ends.\n" : "Scan something. Ctrl-C ends.\n")
            for await _ in signals { break }
        } catch {
            await stop(hub)
            throw error
        }
        await stop(hub)
    }

    private func stop(_ hub: DeviceHub) async {
        await withCheckedContinuation { done in
            // Stopping waits for the USB thread, which would hold up a task's thread.
            DispatchQueue.global().async {
                hub.stop()
                done.resume()
            }
        }
    }
}
