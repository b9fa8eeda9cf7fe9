import Testing

@testable import Devices

@Suite struct DisplayModelTests {
    @Test("The first screen writes every row, later ones what changed")
    func writesChanges() {
        var model = DisplayModel()
        #expect(model.show(["A"]) == [0, 1])
        #expect(model.show(["A", ""]) == [])
        #expect(model.show(["A", "B", "C"]) == [1])
        model.forget()
        #expect(model.show(["A", "B"]) == [0, 1])
    }

    @Test("Lines are as long as the display is wide")
    func fitsLines() throws {
        var model = DisplayModel(size: try #require(DisplaySize(rows: 1, columns: 5)))
        _ = model.show(["Straßen"])
        #expect(model.lines == ["Stras"])
        _ = model.show([])
        #expect(model.lines == ["     "])
    }

    @Test("Sizes that no display has are refused", arguments: [(0, 20), (2, 0), (17, 20), (2, 81), (-1, -1)])
    func refusesSizes(rows: Int, columns: Int) {
        #expect(DisplaySize(rows: rows, columns: columns) == nil)
    }
}
