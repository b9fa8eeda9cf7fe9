import Devices
import Edge
import USB

/// Gathers what ``DeviceDiagnosis`` judges by.
struct DeviceInspection {
    let configuration: EdgeConfiguration?
    let view: EdgeView

    private struct Seen: Sendable {
        let info: DeviceInfo
        let collections: [UInt8: [HIDUsage]]
        let surroundings: USBSurroundings
    }

    /// - Throws: ``USBError`` when the ports cannot be watched.
    func facts(only selector: DeviceSelector?) async throws -> [DeviceFacts] {
        let rules = configuration?.devices ?? DeviceConfiguration()
        let all = try await BusLook.all { device, bus in
            Seen(
                info: DeviceSurvey.look(at: device, on: bus, rules), collections: Self.collections(of: device, on: bus),
                surroundings: USBSurroundings(of: device))
        }
        let chosen = all.filter { selector?.matches($0.info.device) ?? true }
        let nodes = chosen.flatMap { [$0.surroundings.node?.path].compactMap(\.self) + $0.surroundings.otherNodes }
        let holders = USBHolders(of: Set(nodes))
        let access = MachineAccess.facts()
        let others = view.others(than: all.map(\.info.device)).filter { selector?.matches($0.device) ?? true }
        return chosen.map { seen in
            let device = seen.info.device
            var facts = DeviceFacts(info: seen.info)
            view.complete(&facts.info)
            facts.collections = seen.collections
            facts.surroundings = seen.surroundings
            let own = Set([seen.surroundings.node?.path].compactMap(\.self) + seen.surroundings.otherNodes)
            facts.holders = holders.all.filter { own.contains($0.node) }
            facts.seesEveryHolder = holders.isComplete
            facts.access = access
            facts.edge = view.facts(of: device)
            facts.isArmed = view.isArmed(device)
            facts.laneAdvice = laneAdvice(for: facts)
            facts.wedge = wedge(of: device, rules)
            facts.twins = all.map(\.info.device).filter { $0.path != device.path && Self.areTwins($0, device) }
                .map(\.path)
            facts.isBoundByLikeness = isBoundByLikeness(device)
            return facts
        } + others.map(factsByTheEdge)
    }

    /// Of a device that the edge alone knows.
    private func factsByTheEdge(_ info: DeviceInfo) -> DeviceFacts {
        var facts = DeviceFacts(info: info)
        facts.isPlugged = false
        facts.edge = view.facts(of: info.device)
        facts.isArmed = view.isArmed(info.device)
        facts.laneAdvice = laneAdvice(for: facts)
        return facts
    }

    /// What an edge that uses it says, and else what would follow from the configuration.
    private func laneAdvice(for facts: DeviceFacts) -> String? {
        guard case .knows(.ready, let lane, let explanation) = facts.edge else {
            return configuration?.laneAdvice(for: facts.info)
        }
        guard lane.isEmpty else { return nil }
        return explanation.isEmpty ? configuration?.laneAdvice(for: facts.info) : explanation
    }

    private static func collections(of device: USBDevice, on bus: any USBBus) -> [UInt8: [HIDUsage]] {
        var found: [UInt8: [HIDUsage]] = [:]
        for interface in device.configuration.interfaces where interface.alternateSetting == 0 {
            guard let bytes = bus.reportDescriptor(of: device, interface: interface.number),
                let descriptor = try? HIDReportDescriptor(bytes)
            else { continue }
            found[interface.number] = descriptor.collections.filter { $0.parent == nil }.compactMap(\.usage)
        }
        return found
    }

    /// How it is read as a keyboard; `nil` when it is read otherwise, or not at all.
    private func wedge(of device: USBDevice, _ rules: DeviceConfiguration) -> WedgeSettings? {
        if let rule = rules.rule(for: device) { return rule }
        guard let entry = DeviceTable.entry(for: device), entry.role == .scanner,
            entry.mode == .hidKeyboard || entry.mode == nil
        else { return nil }
        return rules.wedge
    }

    private static func areTwins(_ one: USBDevice, _ other: USBDevice) -> Bool {
        one.identity == other.identity && one.serial == other.serial && DeviceTable.entry(for: one) != nil
    }

    private func isBoundByLikeness(_ device: USBDevice) -> Bool {
        configuration?.lanes.contains { lane in
            lane.devices.contains { selector in
                if case .path = selector { false } else { selector.matches(device) }
            }
        } ?? false
    }
}
