import Devices
import Wire

extension DeviceLines {
    /// A screen, for an edge that has the display.
    init(_ screen: DisplayScreen) {
        self.init(
            lines: screen.lines, effects: ShowEffects(screen.effects), windows: screen.windows.map { ShowWindow($0) })
    }
}

extension ShowEffects {
    fileprivate init(_ effects: DisplayEffects) {
        self.init(
            blinkMs: effects.blinkTime?.wholeMilliseconds ?? 0, marqueeMs: effects.marqueeStep?.wholeMilliseconds ?? 0,
            brightness: UInt32(effects.brightness ?? 0), cursorRow: UInt32(effects.cursor?.row ?? 0),
            cursorColumn: UInt32(effects.cursor?.column ?? 0))
    }
}

extension ShowWindow {
    fileprivate init(_ window: DisplayWindow) {
        self.init(
            row: UInt32(window.row), column: UInt32(window.column), rows: UInt32(window.rows),
            columns: UInt32(window.columns), lines: window.lines, marqueeMs: window.marqueeStep?.wholeMilliseconds ?? 0)
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: UInt32 { UInt32(clamping: Int(self / .milliseconds(1))) }
}
