import ArgumentParser
import Devices
import Edge
import USB

struct DebugExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say in plain words what is wrong with a device, and what to do.",
        discussion: """
            It runs every check that needs no opened device: mode, rights, programs in the way, kernel drivers, power, lane. A \
            running edge keeps its devices and is asked, for its virtual ones as well. With --test-code it waits for one scan of a code that you have printed, \
            and compares: such a code should have digits, letters and signs in it, as in --test-code 'aZ09-/:?]'.
            It ends with 0 when there is nothing to mend, with 2 when there is, and with 1 when nothing could be looked at.
            """)

    /// The status when there is something to mend.
    static let faulty = ExitCode(2)

    @Argument(help: "The device: a port path (1-4.2), vendor:product (05e0:1200) or serial:NUMBER. By default all.")
    var device: String?

    @Option(name: .long, help: "What the code holds that will be scanned now; at most 256 characters.")
    var testCode: String?

    @Option(name: .long, help: "Seconds to wait for the scan of the test code, 1 to 600.")
    var seconds = 60

    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func validate() throws {
        guard let testCode else { return }
        guard device != nil else { throw ValidationError("Name the device that the test code is scanned with.") }
        guard (1...LayoutGuess.charactersMax).contains(testCode.unicodeScalars.count) else {
            throw ValidationError("A test code has 1 to \(LayoutGuess.charactersMax) characters.")
        }
        guard (1...600).contains(seconds) else { throw ValidationError("Wait 1 to 600 seconds.") }
    }

    func run() async throws {
        let selector = try device.map { try DeviceOption.selector($0) }
        let configuration = try options.configuration()
        let view = try await options.view(configuration)
        let inspection = DeviceInspection(configuration: configuration, view: view)
        var facts = try await inspection.facts(only: selector)
        guard !facts.isEmpty else {
            if let device {
                Terminal.complain("\(device) is not plugged in. \(options.given.command("debug list")) shows what is.")
                throw ExitCode.failure
            }
            if !json.json { Terminal.line("Nothing is plugged in but hubs.") }
            return
        }
        if let trouble = view.trouble { Terminal.complain("The edge could not be asked. \(trouble)") }
        if let testCode, let index = facts.indices.first {
            facts[index].testScan = try await scan(of: testCode, facts[index], view, configuration?.devices)
        }
        var mustMend = false
        for facts in facts {
            let findings = DeviceDiagnosis.findings(facts)
            mustMend = mustMend || findings.contains { $0.severity != .note }
            guard !json.json else {
                Terminal.json(DiagnosisRecord(facts, findings))
                continue
            }
            Terminal.write(DiagnosisText(facts, findings).lines.joined(separator: "\n") + "\n")
        }
        if mustMend { throw Self.faulty }
    }

    private func scan(
        of expected: String, _ facts: DeviceFacts, _ view: EdgeView, _ configuration: DeviceConfiguration?
    ) async throws -> TestScan {
        let path = facts.info.device.path
        let reader = TestScanReader(path: path, wait: .seconds(seconds)) {
            Terminal.complain("Scan the test code with \(path) now.")
        }
        let end =
            if let edge = try view.edge() {
                try await reader.read(through: edge)
            } else {
                try await reader.read(configuration ?? DeviceConfiguration())
            }
        return switch end {
        case .read(let data): TestScan(expected: expected, read: Terminal.printable(data))
        case .disarmed: TestScan(expected: expected, read: nil, isDisarmed: true)
        case nil: TestScan(expected: expected, read: nil)
        }
    }
}
