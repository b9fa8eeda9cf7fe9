import Testing

@testable import Devices

@Suite struct DisplayModelTests {
    private let start = ContinuousClock.now

    @Test("The first screen writes every row, later ones what changed")
    func writesChanges() {
        var model = DisplayModel()
        #expect(model.show(["A"], now: start) == [0, 1])
        #expect(model.show(["A", ""], now: start) == [])
        #expect(model.show(["A", "B", "C"], now: start) == [1])
        model.forget()
        #expect(model.show(["A", "B"], now: start) == [0, 1])
    }

    @Test("Lines are as long as the display is wide")
    func fitsLines() throws {
        var model = DisplayModel(size: try #require(DisplaySize(rows: 1, columns: 5)))
        _ = model.show(["Straßen"], now: start)
        #expect(model.lines == ["Stras"])
        _ = model.show([], now: start)
        #expect(model.lines == ["     "])
    }

    @Test("Sizes that no display has are refused", arguments: [(0, 20), (2, 0), (17, 20), (2, 81), (-1, -1)])
    func refusesSizes(rows: Int, columns: Int) {
        #expect(DisplaySize(rows: rows, columns: columns) == nil)
    }

    // MARK: While it runs

    private func narrow(_ abilities: Set<DisplayAbility> = [], pages: [CodePage] = []) throws -> DisplayModel {
        DisplayModel(size: try #require(DisplaySize(rows: 2, columns: 6)), pages: pages, abilities: abilities)
    }

    @Test("A line that is too long runs a cell a step and comes round; the others stand")
    func runs() throws {
        var model = try narrow()
        let effects = DisplayEffects(marqueeStep: .milliseconds(300))
        #expect(model.show(DisplayScreen(["ABCDEFG", "abc"], effects: effects), now: start) == [0, 1])
        #expect(model.lines == ["ABCDEF", "abc   "])
        #expect(model.deadline(after: start) == start + .milliseconds(300))
        #expect(model.elapse(to: start + .milliseconds(299)) == [])
        #expect(model.elapse(to: start + .milliseconds(300)) == [0])
        #expect(model.lines == ["BCDEFG", "abc   "])
        // Seven characters and the gap of three.
        _ = model.elapse(to: start + .milliseconds(300 * 8))
        #expect(model.lines[0] == "  ABCD")
        #expect(model.elapse(to: start + .milliseconds(300 * 10)) == [0] && model.lines[0] == "ABCDEF")
        #expect(model.deadline(after: start + .milliseconds(301)) == start + .milliseconds(600))
    }

    @Test("The same screen once more runs on, another one begins anew, and a steady one has no deadline")
    func runsOn() throws {
        var model = try narrow()
        let screen = DisplayScreen(["ABCDEFG"], effects: DisplayEffects(marqueeStep: .seconds(1)))
        _ = model.show(screen, now: start)
        #expect(model.show(screen, now: start + .seconds(2)) == [0] && model.lines[0] == "CDEFG ")
        var other = screen
        other.lines = ["ABCDEFGH"]
        #expect(model.show(other, now: start + .seconds(2)) == [0] && model.lines[0] == "ABCDEF")
        _ = model.show(["A"], now: start + .seconds(3))
        #expect(model.deadline(after: start + .seconds(3)) == nil && model.elapse(to: start + .seconds(9)) == [])
    }

    @Test("A display that does not blink is written its text and nothing in turn, one that does only its text")
    func blinks() throws {
        let screen = DisplayScreen(["A"], effects: DisplayEffects(blinkTime: .milliseconds(500)))
        var plain = try narrow()
        _ = plain.show(screen, now: start)
        #expect(plain.blinkTime == nil && plain.deadline(after: start) == start + .milliseconds(500))
        #expect(plain.elapse(to: start + .milliseconds(500)) == [0] && plain.lines == ["      ", "      "])
        #expect(plain.elapse(to: start + .milliseconds(1_000)) == [0] && plain.lines[0] == "A     ")
        var able = try narrow([.blink])
        _ = able.show(screen, now: start)
        #expect(able.blinkTime == .milliseconds(500) && able.deadline(after: start) == nil)
    }

    @Test("Windows stand in front of the lines, the later in front, and what is outside is not seen")
    func hasWindows() throws {
        var model = try narrow()
        let windows = [
            DisplayWindow(row: 1, column: 4, rows: 2, columns: 9, lines: ["123456", "7"]),
            DisplayWindow(row: 2, column: 5, rows: 4, columns: 1, lines: ["*"]),
            DisplayWindow(row: 9, column: 9, rows: 1, columns: 1, lines: ["?"]),
        ]
        _ = model.show(DisplayScreen(["abcdef", "ghijkl"], windows: windows), now: start)
        #expect(model.lines == ["abc123", "ghi7* "])
    }

    @Test("A window's line runs within it, and only its row is written")
    func runsInWindow() throws {
        var model = try narrow()
        let window = DisplayWindow(
            row: 2, column: 3, rows: 1, columns: 2, lines: ["xyz"], marqueeStep: .milliseconds(200))
        _ = model.show(DisplayScreen(["abcdef", "ghijkl"], windows: [window]), now: start)
        #expect(model.lines[1] == "ghxykl")
        #expect(model.elapse(to: start + .milliseconds(200)) == [1] && model.lines[1] == "ghyzkl")
    }

    @Test("A row has one code page however far its line has run")
    func keepsPage() throws {
        var model = try narrow(pages: [.cp437, .cp866])
        let effects = DisplayEffects(marqueeStep: .milliseconds(200))
        _ = model.show(DisplayScreen(["ABCDEF Олена"], effects: effects), now: start)
        for step in 0..<15 {
            _ = model.elapse(to: start + .milliseconds(200) * step)
            #expect(model.rows[0].page == .cp866, "step \(step)")
        }
    }

    @Test("A display is asked only for what it can, and a cursor outside of it is none")
    func asksAbilities() throws {
        let effects = DisplayEffects(brightness: 2, cursor: DisplayCursor(row: 2, column: 6))
        var plain = try narrow()
        _ = plain.show(DisplayScreen([], effects: effects), now: start)
        #expect(plain.brightness == nil && plain.cursor == nil)
        var able = try narrow([.brightness, .cursor])
        _ = able.show(DisplayScreen([], effects: effects), now: start)
        #expect(able.brightness == 2 && able.cursor == DisplayCursor(row: 2, column: 6))
        _ = able.show(
            DisplayScreen([], effects: DisplayEffects(cursor: DisplayCursor(row: 3, column: 1))), now: start)
        #expect(able.brightness == nil && able.cursor == nil)
        #expect(DisplayScreen(["A"], effects: effects).lacking([.blink]) == [.brightness, .cursor])
        #expect(DisplayScreen(["A"], effects: effects).lacking([.brightness, .cursor]) == [])
    }
}
