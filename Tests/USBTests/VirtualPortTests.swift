import Testing

@testable import USB

@Suite(.timeLimit(.minutes(2)))
struct VirtualPortTests {
    let bench: VirtualBench
    let plug: VirtualPlug
    private let ends = Notes<USBCompletion>()
    private let input = VirtualBench.input
    private let output = VirtualBench.output

    init() throws {
        bench = try VirtualBench()
        plug = try bench.plug()
    }

    /// Runs the work with a port that holds the scanner's interface.
    private func withPort(_ work: @escaping @Sendable (any USBPort) throws -> Void) throws {
        try bench.onThread { [bench, plug] in
            let port = try bench.bus.open(plug.device)
            try port.claim(interface: 0)
            try work(port)
        }
    }

    private func read(_ port: any USBPort, bytes: Int = 64) {
        port.startReading(endpoint: input, transferBytes: bytes) { [ends, bench] end in
            #expect(bench.thread.isCurrent)
            ends.note(end)
        }
    }

    @Test("What completes before and after the reading began is handed over in order")
    func reading() throws {
        for byte in UInt8(0)..<3 { #expect(plug.complete(endpoint: input, .completed([byte]))) }
        try withPort { read($0) }
        for byte in UInt8(3)..<6 { #expect(plug.complete(endpoint: input, .completed([byte]))) }
        ends.wait(for: 6)
        bench.bus.stop()
        #expect(ends.all == (UInt8(0)..<6).map { .completed([$0]) })
    }

    @Test("No more completions wait than the limit")
    func bound() throws {
        for _ in 0..<USBLimits.virtualCompletionsMax { #expect(plug.complete(endpoint: input, .completed([]))) }
        #expect(!plug.complete(endpoint: input, .completed([])))
        try withPort { read($0) }
        ends.wait(for: USBLimits.virtualCompletionsMax)
        #expect(plug.complete(endpoint: input, .completed([])))
        bench.bus.stop()
    }

    @Test("A reading ends as gone when the device is unplugged, before the bus tells that it left")
    func unplugged() throws {
        try bench.bus.start { [ends] event in
            if case .left = event { ends.note(.failed) }
        }
        try withPort { read($0) }
        plug.unplug()
        ends.wait(for: 2)
        #expect(ends.all == [.gone, .failed])
        #expect(!plug.complete(endpoint: input, .completed([1])))
        #expect(plug.claimedInterfaces == [])
        bench.bus.stop()
    }

    @Test("A stalled endpoint ends every reading until its halt is cleared")
    func stalledReading() throws {
        plug.complete(endpoint: input, .stalled)
        plug.complete(endpoint: input, .completed([7]))
        try withPort { port in
            read(port)
            let again = ThreadBound(port, to: bench.thread)
            bench.thread.execute {
                read(again.value)
                bench.thread.execute {
                    #expect(ends.all == [.stalled, .stalled])
                    again.value.clearHalt(endpoint: input) { _ in }
                    read(again.value)
                }
            }
        }
        ends.wait(for: 3)
        bench.bus.stop()
        #expect(ends.all == [.stalled, .stalled, .completed([7])])
    }

    @Test("A reading that failed can be started again")
    func failedReading() throws {
        plug.complete(endpoint: input, .failed)
        plug.complete(endpoint: input, .completed([7]))
        try withPort { port in
            let again = ThreadBound(port, to: bench.thread)
            port.startReading(endpoint: input, transferBytes: 64) { end in
                ends.note(end)
                read(again.value)
            }
        }
        ends.wait(for: 2)
        bench.bus.stop()
        #expect(ends.all == [.failed, .completed([7])])
    }

    @Test("More bytes than the reading takes are an overflow")
    func overflow() throws {
        plug.complete(endpoint: input, .completed([UInt8](repeating: 0, count: 65)))
        try withPort { read($0, bytes: 10) }
        ends.wait(for: 1)
        #expect(ends.all == [.overflow])
        bench.bus.stop()
    }

    @Test("A second reading of an endpoint, or one of an endpoint that is none, fails")
    func refusedReadings() throws {
        try withPort { port in
            read(port)
            read(port)
            port.startReading(endpoint: output, transferBytes: 64) { ends.note($0) }
            port.startReading(endpoint: 0x85, transferBytes: 64) { ends.note($0) }
        }
        ends.wait(for: 3)
        plug.complete(endpoint: input, .completed([1]))
        ends.wait(for: 4)
        #expect(ends.all == [.failed, .failed, .failed, .completed([1])])
        bench.bus.stop()
    }

    @Test("A release ends the readings of its interface as cancelled")
    func release() throws {
        try withPort { port in
            read(port)
            port.release(interface: 0)
            read(port)
        }
        ends.wait(for: 2)
        #expect(Set(ends.all.map(String.init(describing:))) == ["cancelled", "failed"])
        bench.bus.stop()
    }

    @Test("A reset ends readings as cancelled and every halt, and keeps the claim")
    func reset() throws {
        plug.complete(endpoint: input, .stalled)
        try withPort { port in
            let port = ThreadBound(port, to: bench.thread)
            read(port.value)
            bench.thread.execute {
                port.value.reset { _ in }
                read(port.value)
                bench.thread.execute {
                    port.value.reset { _ in }
                    bench.thread.execute { read(port.value) }
                }
            }
        }
        ends.wait(for: 2)
        plug.complete(endpoint: input, .completed([1]))
        ends.wait(for: 3)
        #expect(ends.all == [.stalled, .cancelled, .completed([1])])
        #expect(plug.claimedInterfaces == [0])
        bench.bus.stop()
    }

    @Test("Nothing of an interface works before it is claimed, but requests to the device do")
    func unclaimed() throws {
        let toDevice = USBSetup(requestType: 0x80, request: 6, value: 0x0300, index: 0, length: 2)
        let toInterface = USBSetup(requestType: 0x81, request: 6, value: 0x2200, index: 0, length: 144)
        try bench.onThread { [bench, plug, ends] in
            let port = try bench.bus.open(plug.device)
            read(port)
            port.write(endpoint: output, data: [1], timeout: .seconds(1)) { ends.note($0) }
            port.control(toInterface, data: [], timeout: .seconds(1)) { ends.note($0) }
            port.control(toDevice, data: [], timeout: .seconds(1)) { ends.note($0) }
        }
        ends.wait(for: 4)
        bench.bus.stop()
        #expect(ends.all == [.failed, .failed, .failed, .completed([1, 2])])
        #expect(bench.behaviour.writes.all == [] && bench.behaviour.controls.all == [toDevice])
    }

    @Test("A stalled write halts its endpoint until the halt is cleared; a stalled request halts nothing")
    func stalledWrite() throws {
        let request = USBSetup(requestType: 0x21, request: 9, value: 0x02fe, index: 0, length: 1)
        try withPort { port in
            let note: @Sendable (USBCompletion) -> Void = { ends.note($0) }
            for byte in [UInt8(1), 0xff, 2] {
                port.write(endpoint: output, data: [byte], timeout: .seconds(1), completion: note)
            }
            for _ in 0..<2 { port.control(request, data: [1], timeout: .seconds(1), completion: note) }
            let port = ThreadBound(port, to: bench.thread)
            bench.thread.execute {
                port.value.clearHalt(endpoint: output) { _ in }
                port.value.write(endpoint: output, data: [3], timeout: .seconds(1), completion: note)
            }
        }
        ends.wait(for: 6)
        bench.bus.stop()
        #expect(ends.all == [.completed([]), .stalled, .stalled, .stalled, .stalled, .completed([])])
        #expect(bench.behaviour.writes.all == [[1], [0xff], [3]])
        #expect(bench.behaviour.controls.all.count == 2)
    }

    @Test("A request whose data are not as long as it says fails")
    func wrongLength() throws {
        let request = USBSetup(requestType: 0x21, request: 9, value: 0x02fe, index: 0, length: 2)
        try withPort { port in port.control(request, data: [1], timeout: .seconds(1)) { ends.note($0) } }
        ends.wait(for: 1)
        #expect(ends.all == [.failed] && bench.behaviour.controls.all == [])
        bench.bus.stop()
    }

    @Test("More transfers than may be pending fail, the others complete")
    func operationBound() throws {
        try withPort { port in
            for _ in 0...USBLimits.operationsMax {
                port.write(endpoint: output, data: [1], timeout: .seconds(1)) { ends.note($0) }
            }
        }
        ends.wait(for: USBLimits.operationsMax + 1)
        bench.bus.stop()
        #expect(ends.all.filter { $0 == .failed }.count == 1 && ends.all.last == .failed)
    }

    @Test("No handler runs after a port was closed")
    func closed() throws {
        plug.complete(endpoint: input, .completed([1]))
        try withPort { port in
            read(port)
            port.write(endpoint: output, data: [1], timeout: .seconds(1)) { ends.note($0) }
            port.close()
            port.write(endpoint: output, data: [1], timeout: .seconds(1)) { ends.note($0) }
            read(port)
            #expect(throws: USBError.self) { try port.claim(interface: 0) }
        }
        bench.bus.stop()
        #expect(ends.all == [] && bench.behaviour.writes.all == [])
        #expect(bench.bus.census.ports == 0 && bench.bus.census.transfers == 0)
    }

    @Test("A port of a device that left answers that it is gone")
    func goneDevice() throws {
        try withPort { port in
            let port = ThreadBound(port, to: bench.thread)
            plug.unplug()
            bench.thread.execute {
                read(port.value)
                port.value.write(endpoint: output, data: [1], timeout: .seconds(1)) { ends.note($0) }
                #expect(#expect(throws: USBError.self) { try port.value.claim(interface: 0) }?.code == .gone)
                port.value.reset { fault in
                    if fault?.code == .gone { ends.note(.gone) }
                }
            }
        }
        ends.wait(for: 3)
        #expect(ends.all == [.gone, .gone, .gone])
        bench.bus.stop()
    }
}
