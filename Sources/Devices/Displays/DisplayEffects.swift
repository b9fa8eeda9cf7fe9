/// How a display shows its text.
package struct DisplayEffects: Sendable, Equatable {
    /// How long all of it is seen, and then as long not; `nil` for a steady text.
    package var blinkTime: Duration?
    /// How long a line that is too long for its row rests before it runs on by a cell; `nil` cuts it.
    package var marqueeStep: Duration?
    /// One of ``DisplayLimits/levels``; `nil` leaves what the configuration says, or the display's own.
    package var brightness: Int?
    /// Where a cursor is seen; `nil` for none.
    package var cursor: DisplayCursor?

    package init(
        blinkTime: Duration? = nil, marqueeStep: Duration? = nil, brightness: Int? = nil, cursor: DisplayCursor? = nil
    ) {
        self.blinkTime = blinkTime
        self.marqueeStep = marqueeStep
        self.brightness = brightness
        self.cursor = cursor
    }
}
