/// Something that a display is told beside its text.
package enum DisplayTrait: Sendable, Equatable {
    /// One of ``DisplayLimits/levels``.
    case brightness(Int)
    /// How long the text is seen, and then as long not; `nil` makes it steady.
    case blink(Duration?)
    /// Where the cursor is seen; `nil` hides it.
    case cursor(DisplayCursor?)
}
