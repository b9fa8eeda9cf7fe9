/// What is tried to see whether a device does what it can: the steps, in their order.
package enum DeviceTest {
    /// One thing to try.
    package struct Step: Sendable, Equatable {
        /// What should be seen or heard: "two short beeps".
        package let expectation: String
        package let order: DeviceOrder
    }

    /// The steps for a device that is ready. What a scanner of its kind might have and this one has not is tried as well, so
    /// that it is named.
    package static func steps(for info: DeviceInfo) -> [Step] {
        switch info.role {
        case .scanner: signals.map { Step(expectation: $0.expectation, order: .tell($0.signal)) }
        case .display:
            patterns(info.displaySize ?? .standard).map { Step(expectation: $0.0, order: .show($0.1)) }
        case .other: []
        }
    }

    private static let signals: [(signal: ScannerSignal, expectation: String)] = [
        (.goodRead, "the beep or light of a good read"), (.error, "the beep or light of an error"),
        (.notOnFile, "the beep or light of a code that is not on file"), (.lightOn, "its light goes on"),
        (.lightOff, "its light goes off"), (.aim, "its aiming pattern is on"),
        (.stopAiming, "its aiming pattern is off"),
        (.pullTrigger, "it tries to read, as if its trigger were pulled"), (.releaseTrigger, "it stops trying to read"),
        (.preventRead, "it reads nothing more"), (.allowRead, "it reads again"),
    ]

    /// Every cell, then which row is which, then letters that not every display has, then what it does beside showing text.
    private static func patterns(_ size: DisplaySize) -> [(String, DisplayScreen)] {
        let full = Array(repeating: String(repeating: "#", count: size.columns), count: size.rows)
        let numbers = (1...size.rows).map { row in
            String(("\(row) " + String(repeating: "1234567890", count: 9)).prefix(size.columns))
        }
        return [
            ("every cell shows #", DisplayScreen(full)),
            ("rows begin with their number", DisplayScreen(numbers)),
            ("å Ö ß é € and Олена, or the same simplified", ["å Ö ß é € Олена"]),
        ] + effects(size) + [("it is empty", [])]
    }

    /// What a till can ask of a display while its text stands.
    private static func effects(_ size: DisplaySize) -> [(String, DisplayScreen)] {
        let corner = DisplayWindow(
            row: size.rows, column: size.columns / 2 + 1, rows: 1, columns: size.columns / 2, lines: ["window"])
        let long = "This line is longer than its row and runs through it, so that all of it is seen. "
        return [
            ("the text blinks", DisplayScreen(["blinks"], effects: DisplayEffects(blinkTime: .milliseconds(250)))),
            (
                "the first row runs through",
                DisplayScreen([long], effects: DisplayEffects(marqueeStep: .milliseconds(200)))
            ),
            ("the last row's right half says window", DisplayScreen(["the rest"], windows: [corner])),
            (
                "a cursor stands in the first cell",
                DisplayScreen([" <- cursor"], effects: DisplayEffects(cursor: DisplayCursor(row: 1, column: 1)))
            ),
            ("it is dim", DisplayScreen(["dim"], effects: brightness(DisplayLimits.levels.lowerBound))),
            ("it is bright", DisplayScreen(["bright"], effects: brightness(DisplayLimits.levels.upperBound))),
        ]
    }

    private static func brightness(_ level: Int) -> DisplayEffects { DisplayEffects(brightness: level) }
}
