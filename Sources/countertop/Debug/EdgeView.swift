import ArgumentParser
import CountertopClient
import Devices
import Transport
import USB
import Wire

/// What a running edge makes of the devices, asked at its door for programs of this machine.
struct EdgeView: Sendable {
    private enum Answer: Sendable {
        case devices([String: Wire.Device], armed: [String: Bool], edge: EdgeDevices)
        case notRunning
        case unknown(String)
    }

    private let answer: Answer

    /// How long a look at the devices waits for the edge.
    private static let deadline: Duration = .seconds(3)

    private init(answer: Answer) {
        self.answer = answer
    }

    /// Asks the edge.
    /// - Parameter address: `nil` when the configuration lets nobody ask.
    static func ask(_ address: EdgeAddress?) async -> EdgeView {
        guard let address else {
            return unanswered("the configuration names no place where programs of this machine ask it")
        }
        do {
            let (devices, lanes) = try await CountertopClient.withConnection(to: address, client: "countertop-debug") {
                (try await $0.devices.list(deadline: deadline), try await $0.lanes.list(deadline: deadline))
            }
            return EdgeView(
                answer: .devices(
                    Dictionary(devices.map { ($0.path, $0) }) { first, _ in first },
                    armed: Dictionary(lanes.map { ($0.name, $0.armed) }) { first, _ in first },
                    edge: EdgeDevices(address: address)))
        } catch let error as CountertopError where error.reason == "CONNECT_FAILED" {
            if case .unix(let path) = address, !SocketAccess(path).isOpenable {
                return EdgeView(answer: .unknown(error.message))
            }
            return unanswered("it does not answer at \(address)")
        } catch {
            return EdgeView(answer: .unknown((error as? CountertopError)?.message ?? SystemCause.words(error)))
        }
    }

    /// Nobody answers: there is no edge, unless one is seen.
    private static func unanswered(_ why: String) -> EdgeView {
        let edges = USBHolders.processes(of: DeviceFacts.edgeProgram, argument: "run")
        guard let first = edges.first else { return EdgeView(answer: .notRunning) }
        return EdgeView(
            answer: .unknown(
                "An edge runs (process \(first)), and \(why). Say where it listens with --edge, or stop it."))
    }

    /// Why the edge could not be asked although it may run; `nil` when it was, or when there is none.
    var trouble: String? {
        if case .unknown(let words) = answer { words } else { nil }
    }

    /// The edge through which its devices are looked at; `nil` when none runs, so that they may be taken.
    /// - Throws: `ExitCode` when an edge may run and could not be asked: its devices are not taken from it.
    func edge() throws -> EdgeDevices? {
        switch answer {
        case .devices(_, _, let edge): return edge
        case .notRunning: return nil
        case .unknown(let words):
            Terminal.complain("The edge could not be asked, so its devices are left to it. \(words)")
            throw ExitCode.failure
        }
    }

    /// Whether the lane of a device wants to read now; `nil` when that is not known.
    func isArmed(_ device: USBDevice) -> Bool? {
        guard case .devices(_, let armed, _) = answer, let lane = entry(of: device)?.lane else { return nil }
        return armed[lane]
    }

    /// What the edge has found out of a device that this process cannot see while the edge holds it.
    func complete(_ info: inout DeviceInfo) {
        guard let entry = entry(of: info.device) else { return }
        let known = DeviceInfo(entry)
        if info.role == .other { info.role = known.role }
        if known.state == .ready, !known.mode.isEmpty { info.mode = known.mode }
        for index in info.interfaces.indices where info.interfaces[index].driver == "usbfs" {
            let seen = known.interfaces.first { $0.number == info.interfaces[index].number }
            if let seen, !seen.usage.isEmpty { info.interfaces[index].usage = seen.usage }
        }
    }

    /// The devices that the edge has and that are not among these: its virtual ones.
    func others(than plugged: [USBDevice]) -> [DeviceInfo] {
        guard case .devices(let devices, _, _) = answer else { return [] }
        let here = Set(plugged.map(\.path.description))
        return devices.values.filter { !here.contains($0.path) }.map { DeviceInfo($0) }
            .sorted { $0.device.path.description < $1.device.path.description }
    }

    /// The lane that a device serves.
    func lane(of device: USBDevice) -> String? { entry(of: device)?.lane }

    func facts(of device: USBDevice) -> EdgeFacts {
        switch answer {
        case .unknown: return .unknown
        case .notRunning: return .notRunning
        case .devices:
            guard let entry = entry(of: device) else { return .ignoring }
            return .knows(Devices.DeviceState(entry.state), lane: entry.lane, explanation: entry.explanation)
        }
    }

    /// The edge's entry for a device; `nil` when another one is plugged in there by now.
    private func entry(of device: USBDevice) -> Wire.Device? {
        guard case .devices(let devices, _, _) = answer, let entry = devices[device.path.description],
            entry.vendorId == device.vendorID, entry.productId == device.productID
        else { return nil }
        return entry
    }
}
