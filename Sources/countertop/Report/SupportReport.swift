import Capture
import CountertopClient
import Devices
import Edge
import Foundation
import USB

/// Gathers what support needs to know of an installation, without secrets and personal data.
struct SupportReport {
    /// How much of the journal goes along.
    static let logLinesMax = 20_000
    private static let wait: Duration = .seconds(5)

    let place: StorePlace
    /// Captures of devices that go along, their data blanked.
    let captures: [String]

    /// The parts, by their names in the archive.
    func parts() async throws -> [(name: String, bytes: Data)] {
        let configuration = ConfigurationReading(path: place.store.config).configuration ?? .installed
        var parts: [(name: String, bytes: Data)] = [
            ("about.txt", Data(about().utf8)),
            ("configuration.yaml", Data(blankedConfiguration().utf8)),
            ("doctor.json", try await doctor()),
            ("status.json", Data(try await status(configuration).utf8)),
            ("log.txt", Data(log().utf8)),
            ("state.txt", Data(state(configuration).utf8)),
            ("devices.json", try await devices(configuration)),
        ]
        for (number, capture) in captures.enumerated() {
            parts.append(("captures/\(number + 1).pcapng", try blankedCapture(capture)))
        }
        return parts
    }

    private func about() -> String {
        let system = try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)
        let kernel = try? String(contentsOfFile: "/proc/version", encoding: .utf8)
        let packages = ProgramOutput.of(
            "/usr/bin/dpkg-query",
            ["--show", "countertop", "libusb-1.0-0", "libsqlite3-0", "libprotobuf-c1", "systemd", "udev"])
        return """
            countertop \(Edge.version)
            report of \(Date().formatted(.iso8601))

            \(system ?? "")
            \(kernel ?? "")
            \(packages ?? "no package of Debian's")
            """
    }

    private func blankedConfiguration() -> String {
        let configurationPath = place.store.config
        guard let data = FileManager.default.contents(atPath: configurationPath) else {
            return "# \(configurationPath) cannot be read.\n"
        }
        return BlankedConfiguration.text(String(decoding: data, as: UTF8.self))
            ?? "# \(configurationPath) is no YAML, so nobody knows which of it is secret: it is left out.\n"
    }

    private func doctor() async throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let facts = await InstallationLook(place: place).facts()
        return try ReportText.blanked(json: encoder.encode(Examination(facts).findings))
    }

    private func status(_ configuration: EdgeConfiguration) async throws -> String {
        guard let address = try place.address(configuration) else { return "{}\n" }
        do {
            let status = try await CountertopClient.withConnection(to: address, client: "countertop-report") { edge in
                try await edge.operations.status(deadline: Self.wait)
            }
            let json = try StatusAnswer.schema.json(packed: status.packed())
            return String(decoding: try ReportText.blanked(json: Data(json.utf8)), as: UTF8.self) + "\n"
        } catch {
            return "{}\n"
        }
    }

    private func log() -> String {
        let arguments = [
            "--unit=countertop", "--no-pager", "--output=short-iso-precise", "--lines=\(Self.logLinesMax)",
            "--no-hostname",
        ]
        return ReportText.blanked(ProgramOutput.of("/usr/bin/journalctl", arguments) ?? "no journal of systemd's\n")
    }

    private func state(_ configuration: EdgeConfiguration) -> String {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: configuration.statePath)) ?? []
        let lines = names.sorted().map { name in
            let facts = FileFacts("\(configuration.statePath)/\(name)")
            return "\(name)  \(facts.map { "\($0.bytes) bytes, mode \(String($0.mode, radix: 8))" } ?? "?")"
        }
        return lines.isEmpty
            ? "\(configuration.statePath) may not be looked into, or is empty. With sudo it would be here.\n"
            : lines.joined(separator: "\n") + "\n"
    }

    private func devices(_ configuration: EdgeConfiguration) async throws -> Data {
        let rules = configuration.devices
        let devices =
            configuration.ports == .virtual
            ? []
            : (try? await BusLook.all { device, bus in
                ReportedDevice(
                    DeviceSurvey.look(at: device, on: bus, rules), descriptors: bus.descriptors(of: device),
                    DescriptorSurvey(device, on: bus))
            }) ?? []
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(devices)
    }

    private func blankedCapture(_ path: String) throws -> Data {
        let packets = BlankedCapture.packets(try CaptureReader.packets(inFile: path))
        let folder = FileManager.default.temporaryDirectory.appending(path: "countertop-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "capture").path
        let writer = try CaptureWriter(path: file)
        for packet in packets { writer.write(packet) }
        if let error = writer.error { throw error }
        return try Data(contentsOf: URL(fileURLWithPath: file))
    }
}
