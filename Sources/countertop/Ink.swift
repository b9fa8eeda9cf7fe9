import Foundation

/// Colours of a terminal, where there is one that has them.
enum Ink: String {
    case red = "31"
    case yellow = "33"
    case green = "32"
    case cyan = "36"
    case faint = "2"
    case bold = "1"

    /// Whether standard output shows colours: a terminal, and nobody has said otherwise (https://no-color.org).
    static let isOn: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
            && environment["TERM"] != "dumb"
    }()

    /// The text in this colour, or as it is.
    func callAsFunction(_ text: String) -> String {
        Ink.isOn ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}
