import CountertopClient
import Foundation

/// A lane's event in a line.
struct EventLine {
    let text: String

    /// - Returns: `nil` for an event newer than this version.
    init?(_ event: LaneEvent) {
        switch event.event {
        case .scan(let scan): text = Self.words(scan)
        case .lane(let lane): text = Self.words(lane)
        case .gap(let gap):
            text = "gap     scans before \(gap.nextSequence) of epoch \(gap.epoch) are not kept any more"
        case .followUp(let followUp): text = Self.words(followUp)
        case nil: return nil
        }
    }

    /// - Returns: `nil` for an event newer than this version.
    init?(_ event: LaneFeed.Element) {
        switch event {
        case .scan(let scan): self.init(LaneEvent(event: .scan(scan)))
        case .lane(let lane): self.init(LaneEvent(event: .lane(lane)))
        case .gap(let gap): self.init(LaneEvent(event: .gap(gap)))
        case .followUp(let followUp): self.init(LaneEvent(event: .followUp(followUp)))
        case .disconnected(let error): self.init(text: "away    \(error.message) It is tried again.")
        }
    }

    private init(text: String) { self.text = text }

    private static func words(_ followUp: FollowUp) -> String {
        let meaning = followUp.resolution.map { ResolutionText($0).short } ?? followUp.message
        let outcome = words(followUp.attachment)
        return "answer  #\(followUp.sequence) -> \(meaning)\(outcome.isEmpty ? "" : ", \(outcome)")"
    }

    private static func words(_ scan: Scan) -> String {
        let read = Terminal.printable(scan.data)
        let meaning = scan.resolution.map { ResolutionText($0).short } ?? "?"
        let outcome = scan.expired ? "expired" : Self.words(scan.attachment)
        let symbology = scan.symbology == .unknown ? "" : "\(scan.symbology.name) "
        return "scan    #\(scan.sequence) \(symbology)\(read.isEmpty ? "(dropped)" : read) -> \(meaning)"
            + (outcome.isEmpty ? "" : ", \(outcome)") + " [\(scan.device)]"
    }

    static func words(_ attachment: Attachment) -> String {
        switch attachment {
        case .attached: "in the basket"
        case .held: "waits for a basket"
        case .heldInstead: "waits for a basket, in the place of who waited before"
        case .confirmReplace: "another customer is in the basket: replace?"
        case .already: "in the basket already"
        default: ""
        }
    }

    private static func words(_ lane: Lane) -> String {
        var parts = ["lane    \(lane.name)"]
        if let basket = lane.basket, basket.state == .open {
            parts.append("basket \(basket.id): \(basket.customer?.name ?? "nobody")")
        } else {
            parts.append(lane.held.map { "no basket, \($0.name) waits" } ?? "no basket")
        }
        parts.append(
            "display \"\(lane.displayLines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " | "))\"")
        parts.append("scanners \(lane.scanners.isEmpty ? "none" : lane.scanners.joined(separator: " "))")
        if !lane.armed { parts.append("not armed") }
        if lane.unjournaled { parts.append("NOT WRITTEN DOWN: the disk refuses") }
        return parts.joined(separator: ", ")
    }
}
