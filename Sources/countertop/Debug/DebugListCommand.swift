import ArgumentParser
import Devices
import Dispatch
import Edge
import Synchronization
import USB

struct DebugListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what is plugged in: its mode, its drivers, whether it may be opened.",
        discussion: "It takes nothing from anybody: a running edge keeps its devices.")

    @OptionGroup var options: DebugOptions

    func run() async throws {
        let edge = try options.edge()
        let configuration = edge?.devices ?? DeviceConfiguration()
        let bus = try LibUSBBus()
        let infos = try await survey(bus, configuration).get()
        if infos.isEmpty { Terminal.write("Nothing is plugged in but hubs.\n") }
        for var info in infos {
            if let advice = edge?.laneAdvice(for: info) { info.explanation += "\n" + advice }
            Terminal.write(DeviceText(info).lines.joined(separator: "\n") + "\n")
        }
    }

    private func survey(_ bus: LibUSBBus, _ configuration: DeviceConfiguration) async -> Result<[DeviceInfo], any Error>
    {
        await withCheckedContinuation { done in
            // The bus is waited for, which would hold up a task's thread.
            DispatchQueue.global().async {
                let infos = Mutex<[DeviceInfo]>([])
                let started = Result {
                    try bus.start { event in
                        guard case .arrived(let device) = event else { return }
                        let info = DeviceSurvey.look(at: device, on: bus, configuration)
                        infos.withLock { $0.append(info) }
                    }
                }
                bus.stop()
                done.resume(returning: started.map { infos.withLock { $0 } })
            }
        }
    }
}
