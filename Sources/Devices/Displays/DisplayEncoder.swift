/// Writes rows in a display's own way. A value without a port.
package protocol DisplayEncoder: Sendable {
    /// The code pages the display has, the one it has after power came in front; empty for ASCII alone.
    var pages: [CodePage] { get }

    /// What the display does when it is told a ``DisplayTrait``.
    var abilities: Set<DisplayAbility> { get }

    /// How bright ``reset()`` makes it; `nil` when it leaves that to the display.
    var brightness: Int? { get }

    /// What a display is sent when nothing is known of it: it is empty afterwards, or every row is written anew. It is steady
    /// and shows no cursor.
    mutating func reset() -> [DisplayWrite]

    /// What tells the display something beside its text; nothing where it lacks the ability.
    mutating func tell(_ trait: DisplayTrait, size: DisplaySize) -> [DisplayWrite]

    /// What writes one row of a screen, in its order. It leaves every other row as it is.
    /// - Parameters:
    ///   - row: from 0.
    ///   - rows: every row of the screen, each as long as the display is wide: see ``DisplayModel/rows``.
    mutating func write(row: Int, of rows: [DisplayRow], size: DisplaySize) -> [DisplayWrite]
}
