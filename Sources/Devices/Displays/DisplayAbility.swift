/// What a display does by itself when it is told to. Windows and running lines are drawn for every display.
package enum DisplayAbility: String, Sendable, CaseIterable {
    /// Shining at ``DisplayLimits/levels``.
    case brightness
    /// Blinking. A display without it is written its text and nothing in turn.
    case blink
    /// Showing a cursor in a cell.
    case cursor
}
