import ArgumentParser
import Devices
import Edge
import USB

struct DebugListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what is plugged in: its mode, its drivers, whether it may be opened, its lane.",
        discussion: """
            It takes nothing from anybody: a running edge keeps its devices, and is asked for their lanes. Its virtual devices are \
            listed, too.
            """)

    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func run() async throws {
        let configuration = try options.configuration()
        let view = try await options.view(configuration)
        if let trouble = view.trouble { Terminal.complain("The edge cannot be asked for the lanes. \(trouble)") }
        let rules = configuration?.devices ?? DeviceConfiguration()
        var infos = try await BusLook.all { DeviceSurvey.look(at: $0, on: $1, rules) }
        infos += view.others(than: infos.map(\.device))
        if infos.isEmpty, !json.json { Terminal.write("Nothing is plugged in but hubs.\n") }
        for var info in infos {
            let lane = view.lane(of: info.device)
            if lane?.isEmpty ?? true, let advice = configuration?.laneAdvice(for: info) {
                info.explanation += "\n" + advice
            }
            guard !json.json else {
                Terminal.json(DeviceRecord(info, lane: lane))
                continue
            }
            Terminal.write(DeviceText(info, lane: lane).lines.joined(separator: "\n") + "\n")
        }
    }
}
