/// What a display is asked to show.
package struct DisplayScreen: Sendable, Equatable, ExpressibleByArrayLiteral {
    /// From the top. Too long lines are cut, or run when ``DisplayEffects/marqueeStep`` says so; missing ones are empty.
    package var lines: [String]
    /// Parts of the screen that hold text of their own, in front of ``lines``; of two in one place the later is seen.
    package var windows: [DisplayWindow]
    package var effects: DisplayEffects

    package init(_ lines: [String], windows: [DisplayWindow] = [], effects: DisplayEffects = DisplayEffects()) {
        self.lines = lines
        self.windows = windows
        self.effects = effects
    }

    /// Lines and nothing else.
    package init(arrayLiteral lines: String...) {
        self.init(lines)
    }

    /// What of the screen a display cannot do, and nobody can do in its place.
    package func lacking(_ abilities: Set<DisplayAbility>) -> [DisplayAbility] {
        var wanted: [DisplayAbility] = []
        if effects.brightness != nil { wanted.append(.brightness) }
        if effects.cursor != nil { wanted.append(.cursor) }
        return wanted.filter { !abilities.contains($0) }
    }
}
