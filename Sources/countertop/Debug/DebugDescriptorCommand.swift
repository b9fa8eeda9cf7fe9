import ArgumentParser
import Devices
import USB

struct DebugDescriptorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "descriptor",
        abstract: "Show the report descriptors of a device as a tree.",
        discussion: """
            They are what the kernel's driver has read, so nothing is taken from anybody. Of an interface that a running edge has \
            claimed they are what the edge has read. One that another program has claimed shows none.
            """)

    @Argument(help: "The device: a port path (1-4.2), vendor:product (05e0:1200) or serial:NUMBER.")
    var device: String

    @OptionGroup var json: JSONOption
    @OptionGroup var options: DebugOptions

    func run() async throws {
        let selector = try DeviceOption.selector(device)
        var found = try await BusLook.all { device, bus in
            selector.matches(device) ? DescriptorSurvey(device, on: bus) : nil
        }
        if found.contains(where: \.lacksDescriptor) {
            let edge = try? await options.view(options.configuration()).edge()
            for index in found.indices where found[index].lacksDescriptor {
                guard let edge, let known = try? await edge.descriptors(found[index].device) else { continue }
                found[index].complete(known)
            }
        }
        guard !found.isEmpty else {
            Terminal.complain(
                "\(device) is not plugged in. \(options.given.command("debug list")) shows what is; a virtual device has no descriptors here."
            )
            throw ExitCode.failure
        }
        for survey in found {
            guard !json.json else {
                Terminal.json(DescriptorRecord(survey))
                continue
            }
            Terminal.write(DescriptorText(survey).lines.joined(separator: "\n") + "\n")
        }
    }
}
