import Testing

@testable import USB

@Suite(.timeLimit(.minutes(2)))
struct USBCensusTests {
    @Test("A thousand devices read, claimed, written to and unplugged midway leave nothing behind")
    func plugCycles() throws {
        let bench = try VirtualBench()
        let ends = Notes<USBCompletion>()
        try bench.start()
        for cycle in 1...1_000 {
            let plug = try bench.plug()
            bench.events.wait(for: 2 * cycle - 1)
            try bench.onThread { [bench] in
                let port = try bench.bus.open(plug.device)
                try port.claim(interface: 0)
                port.startReading(endpoint: VirtualBench.input, transferBytes: 64) { ends.note($0) }
                port.write(endpoint: VirtualBench.output, data: [1], timeout: .seconds(1)) { ends.note($0) }
                let timer = bench.thread.schedule(after: .seconds(3_600)) {}
                plug.unplug()
                // Its turn comes after the device has gone.
                port.write(endpoint: VirtualBench.output, data: [2], timeout: .seconds(1)) { ends.note($0) }
                #expect(bench.bus.census.ports == 1 && bench.bus.census.transfers == 3)
                timer?.cancel()
            }
            bench.events.wait(for: 2 * cycle)
            ends.wait(for: 3 * cycle)
        }
        bench.settle()
        #expect(bench.bus.census.ports == 0 && bench.bus.census.transfers == 0)
        #expect(bench.thread.timerCount == 0)
        #expect(ends.all.filter { $0 == .gone }.count == 2_000)
        bench.bus.stop()
    }
}
