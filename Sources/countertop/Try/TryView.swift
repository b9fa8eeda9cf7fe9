import CountertopClient
import Foundation

/// A lane as `countertop try` draws it, line by line.
struct TryView: Sendable {
    /// How many characters the display shows.
    static let displayColumns = 20

    let store: String
    let lanes: [String]
    let lane: Lane
    let scans: [Scan]
    let waiting: [Customer]
    let message: String

    /// All lines above the prompt; always as many, so that the prompt stays where it is, and few enough for 24 rows.
    var lines: [String] {
        let title = "\(store)  ·  lane \(lane.name) (of \(lanes.joined(separator: ", ")))  ·  \(devices)"
        return [title] + display + fill(basketLines, to: 2) + [""]
            + fill(scanLines, to: TryDesk.scansShownMax) + [""] + fill(messageLines, to: 9)
    }

    private var devices: String {
        let scanners = lane.scanners.isEmpty ? "no scanner" : "scanner \(lane.scanners.joined(separator: ", "))"
        return scanners + (lane.armed ? "" : " (not armed)")
    }

    private var display: [String] {
        let edge = "+" + String(repeating: "-", count: Self.displayColumns + 2) + "+"
        let rows = (0..<2).map { row -> String in
            let text = row < lane.displayLines.count ? lane.displayLines[row] : ""
            let cut = String(text.prefix(Self.displayColumns))
            return "| " + cut + String(repeating: " ", count: Self.displayColumns - cut.count) + " |"
        }
        return [edge] + rows + [edge]
    }

    private var basketLines: [String] {
        guard let basket = lane.basket, basket.state == .open else {
            return [
                lane.held.map { "No basket is open; \($0.name) waits for one." } ?? "No basket is open. Type \"open\"."
            ]
        }
        guard let customer = basket.customer else { return ["Basket \(basket.id): nobody yet"] }
        let groups = customer.groups.map(\.name).joined(separator: ", ")
        let details = [CustomerText(customer).terms, groups].filter { !$0.isEmpty }.joined(separator: "; ")
        return ["Basket \(basket.id): \(customer.name)", "  \(details)"]
    }

    private var scanLines: [String] {
        scans.map { scan in
            let outcome = EventLine.words(scan.attachment)
            let meaning = scan.resolution.map { ResolutionText($0).short } ?? ""
            return "  #\(scan.sequence) \(Terminal.printable(scan.data))  \(meaning)"
                + (outcome.isEmpty ? "" : "  (\(outcome))")
        }
    }

    private var messageLines: [String] {
        if scans.last?.attachment == .confirmReplace, let customer = waiting.first, message.isEmpty {
            return ["\(customer.name) scanned too. Type \"yes\" to replace the customer in the basket."]
        }
        if waiting.count > 1, message.isEmpty {
            return ["Several customers have that code. Type \"pick 1\" ..."]
                + waiting.enumerated().map { "  \($0.offset + 1) \($0.element.name)" }
        }
        return message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func fill(_ lines: [String], to count: Int) -> [String] {
        Array((lines + Array(repeating: "", count: max(0, count - lines.count))).prefix(count))
    }
}
