import Testing

@testable import USB

@Suite final class PortOpeningsTests {
    private var openings = PortOpenings()
    private let notes = Notes<String>()

    private func note(_ word: String) -> PortOpenings.Completion { { [notes] _ in notes.note(word) } }

    private func tell(_ completions: [PortOpenings.Completion]) {
        for completion in completions { completion(nil) }
    }

    @Test("A device is opened once for all who ask, and another beside it")
    func opensOnce() {
        #expect(openings.ask(1, isClosing: false, note("first")) == true)
        #expect(openings.ask(1, isClosing: false, note("second")) == false)
        #expect(openings.ask(2, isClosing: false, note("other")) == true)
        #expect(openings.isAnyUnderWay)
        tell(openings.ended(1))
        #expect(notes.all == ["first", "second"])
        tell(openings.ended(2))
        #expect(!openings.isAnyUnderWay)
    }

    @Test("A device is not opened while the kernel is being given it back")
    func waitsForClosing() {
        #expect(openings.ask(1, isClosing: true, note("opened")) == false)
        #expect(!openings.isAnyUnderWay)
        #expect(openings.portClosed(2) == false)
        #expect(openings.portClosed(1) == true)
        #expect(openings.isAnyUnderWay && !openings.portClosed(1))
        tell(openings.ended(1))
        #expect(notes.all == ["opened"])
    }

    @Test("Who waits for the opening of a device that leaves, or of a bus that stops, is told so")
    func ends() {
        #expect(openings.ask(1, isClosing: true, note("left")) == false)
        #expect(openings.ask(2, isClosing: true, note("stopped")) == false)
        #expect(openings.ask(3, isClosing: false, note("under way")) == true)
        tell(openings.left(1))
        tell(openings.left(3))
        tell(openings.stop())
        #expect(notes.all == ["left", "stopped"])
        tell(openings.ended(3))
        #expect(notes.all == ["left", "stopped", "under way"])
    }
}
