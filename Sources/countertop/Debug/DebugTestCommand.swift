import ArgumentParser
import Devices
import Edge
import USB

struct DebugTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Let a device beep, light up, aim, read, or show a pattern, as far as it can.",
        discussion: """
            Each step says what should be seen or heard, and whether the device took the order; what it cannot do is named. A \
            running edge keeps the device and passes the orders on; without one it is taken for the test. It ends with 2 when the \
            device refused an order or left, and with 1 when there was nothing to test.
            """)

    @Argument(help: "The device: a port path (1-4.2), vendor:product (05e0:1200) or serial:NUMBER.")
    var device: String

    @Option(name: .long, help: "Milliseconds between two steps, so that they can be told apart, 0 to 10000.")
    var pause = 800

    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func validate() throws {
        guard (0...10_000).contains(pause) else { throw ValidationError("Pause 0 to 10000 ms.") }
    }

    func run() async throws {
        let selector = try DeviceOption.selector(device)
        let configuration = try options.configuration()
        let view = try await options.view(configuration)
        let tester = DeviceTester(pause: .milliseconds(pause)) { [json = json.json] step, end in
            json ? Terminal.json(TestRecord(step, end)) : Terminal.line(TestRecord(step, end).line)
        }
        let ends =
            if let edge = try view.edge() {
                try await tester.run(selector, through: edge)
            } else {
                try await tester.run(selector, configuration?.devices ?? DeviceConfiguration())
            }
        guard let ends else {
            Terminal.complain(
                "\(device) is not there, or cannot be used. \(options.given.command("debug explain \(device)")) says why."
            )
            throw ExitCode.failure
        }
        guard !ends.isEmpty else {
            Terminal.complain("It is no scanner and no display, so there is nothing to test.")
            throw ExitCode.failure
        }
        if ends.contains(where: { $0 == .refused || $0 == .absent }) { throw DebugExplainCommand.faulty }
    }
}
