import ArgumentParser
import Foundation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at the whole installation, and say what is wrong and what mends it.",
        discussion: """
            It looks at the configuration, the service, groups, udev rules, devices and their drivers, the clock, the disk, \
            the state, whether its files are whole (while no edge runs), the key, certificates, ports, discovery, the sources of the customers and the systems outside. It \
            changes nothing. With sudo it sees everything. \(StandingExit.help)
            """)

    @OptionGroup var place: StorePlace

    @Flag(name: .long, help: "Show what is well, too.")
    var all = false

    @Flag(name: .long, help: "Print a JSON document: a list of check, severity, message and command.")
    var json = false

    func run() async throws {
        let examination = Examination(await InstallationLook(place: place).facts())
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            Terminal.write(String(decoding: try encoder.encode(examination.findings), as: UTF8.self) + "\n")
        } else {
            for line in DoctorText(examination, showsAll: all).lines { Terminal.line(line) }
        }
        try StandingExit(examination.severity).end()
    }
}
