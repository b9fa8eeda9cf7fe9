import Synchronization

/// Draws a view above the prompt (ECMA-48 control sequences).
final class TryScreen: Sendable {
    /// One drawing at a time.
    private let turn = Mutex(())

    /// Draws everything, with an empty prompt.
    func draw(_ view: TryView) {
        turn.withLock { _ in
            Terminal.write("\u{1B}[2J\u{1B}[H" + view.lines.map { $0 + "\u{1B}[K\n" }.joined() + "> ")
        }
    }

    /// Draws what is above the prompt anew, and leaves alone what is being typed.
    func redraw(_ view: TryView) {
        turn.withLock { _ in
            Terminal.write("\u{1B}7\u{1B}[H" + view.lines.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}8")
        }
    }
}
