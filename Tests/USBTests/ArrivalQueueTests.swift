import Testing

@testable import USB

@Suite final class ArrivalQueueTests {
    private var queue = ArrivalQueue<Int, String>()

    @Test("Devices are told of in the order of their arrival, in whatever order their facts come")
    func order() {
        for id in 1...3 { queue.begin(id) }
        #expect(queue.finish(3, "three") == [])
        #expect(queue.finish(2, "two") == [])
        #expect(!queue.isQuiet)
        #expect(queue.finish(1, "one") == ["one", "two", "three"])
        #expect(queue.isQuiet && !queue.contains(1))
    }

    @Test("A device whose facts do not come is passed by, and told of when they do")
    func passedBy() {
        queue.begin(1)
        queue.begin(2)
        #expect(queue.finish(2, "two") == [])
        #expect(queue.passBy(1) == ["two"])
        #expect(queue.isQuiet && queue.contains(1))
        queue.begin(3)
        #expect(!queue.isQuiet)
        #expect(queue.finish(1, "one") == ["one"])
        #expect(queue.finish(3, "three") == ["three"])
    }

    @Test("A device that left before it was told of is not told of, and holds up nobody")
    func dropped() {
        queue.begin(1)
        queue.begin(2)
        #expect(queue.finish(2, "two") == [])
        #expect(queue.drop(1) == ["two"])
        #expect(queue.finish(1, "one") == [] && queue.passBy(1) == [])
    }

    @Test("A hub, of which there is nothing to tell, is passed over")
    func nothingToTell() {
        queue.begin(1)
        queue.begin(2)
        #expect(queue.finish(1, nil) == [])
        #expect(queue.finish(2, "two") == ["two"])
    }
}
