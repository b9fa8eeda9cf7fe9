import ArgumentParser
import Devices

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "udev-rules",
        abstract: "Print the udev rules that give scanners and displays to the group countertop.",
        discussion:
            "They are made from the table of known devices; udev/60-countertop.rules of the sources is the same text.",
        shouldDisplay: false)

    func run() {
        Terminal.write(UdevRules.text)
    }
}
