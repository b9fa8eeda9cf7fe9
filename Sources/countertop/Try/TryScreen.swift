import Synchronization

/// Draws a view above the prompt (ECMA-48 control sequences).
final class TryScreen: Sendable {
    /// One drawing at a time.
    private let turn = Mutex(())

    /// Draws everything, with an empty prompt.
    func draw(_ view: TryView) {
        turn.withLock { _ in
            // Lines that are too long are cut while the view is drawn; what is typed may wrap.
            Terminal.write("\u{1B}[2J\u{1B}[H\u{1B}[?7l" + Self.text(view) + "\u{1B}[?7h> ")
        }
    }

    /// Draws what is above the prompt anew, and leaves alone what is being typed.
    func redraw(_ view: TryView) {
        turn.withLock { _ in
            Terminal.write("\u{1B}7\u{1B}[H\u{1B}[?7l" + Self.text(view) + "\u{1B}[?7h\u{1B}8")
        }
    }

    private static func text(_ view: TryView) -> String {
        view.lines.map { Terminal.printable(Array($0.utf8)) + "\u{1B}[K\n" }.joined()
    }
}
