import ArgumentParser
import Devices
import Edge
import USB

struct GiveBackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "give-back",
        abstract: "Give devices back to the kernel that an edge held when it was killed.",
        discussion: """
            An edge that is told to stop gives its devices back itself. After a SIGKILL their interfaces have no driver, and a \
            keyboard or a serial port among them is dead until somebody binds it: this does, for the scanners and displays that \
            are known or that the configuration names. What a program holds stays with it. The service manager runs it after the \
            edge has ended (ExecStopPost=); it needs the rights of the edge and no more. It ends with 1 when an interface could \
            not be given back, or no driver took one of a class that the kernel has drivers for.
            """)

    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func run() async throws {
        let configuration = try options.configuration()
        let rule = GiveBackRule(
            devices: configuration?.devices ?? DeviceConfiguration(),
            named: configuration?.lanes.flatMap(\.devices) ?? [])
        let records = try await BusLook.all { device, bus in
            let bare = rule.interfaces(of: device) { bus.kernelDriver(of: device, interface: $0) }
            return bare.isEmpty ? nil : GiveBackRecord(device, bare, on: bus)
        }
        for record in records { json.json ? Terminal.json(record) : Terminal.line(record.line) }
        if records.isEmpty, !json.json { Terminal.line("Every known device has its drivers.") }
        if records.contains(where: { $0.error != nil || $0.isIncomplete }) { throw ExitCode.failure }
    }
}

/// What became of a device's interfaces.
struct GiveBackRecord: Encodable, Sendable {
    struct Interface: Encodable, Sendable {
        let number: Int
        /// The driver that is bound now; `nil` when the kernel has none for it.
        let driver: String?
    }

    let path: String
    let id: String
    private(set) var interfaces: [Interface] = []
    private(set) var error: String?
    /// Whether an interface that the kernel has drivers for has none.
    private var lacksDriver = false

    var isIncomplete: Bool { lacksDriver }

    private enum CodingKeys: CodingKey { case path, id, interfaces, error }

    /// Gives the interfaces back, the lowest first: a driver of several interfaces binds through it (cdc_acm).
    /// - Parameter bus: asked on its thread.
    init(_ device: USBDevice, _ numbers: [UInt8], on bus: LibUSBBus) {
        path = device.path.description
        id = device.identity
        for number in numbers.sorted() {
            do throws(USBError) {
                let driver = try bus.giveBack(interface: number, of: device)
                if driver == nil, device.expectsDriver(interface: number) { lacksDriver = true }
                interfaces.append(Interface(number: Int(number), driver: driver))
            } catch {
                self.error = error.message
            }
        }
    }

    var line: String {
        let words = interfaces.map {
            "interface \($0.number) \($0.driver.map { "to \($0)" } ?? "has no driver that fits")"
        }
        let given = "\(path)  \(id)  " + words.joined(separator: ", ")
        return error.map { "\(given)\(words.isEmpty ? "" : "; ")\($0)" } ?? given
    }
}
