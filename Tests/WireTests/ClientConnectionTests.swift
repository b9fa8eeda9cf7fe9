import Testing

@testable import Wire

@Suite struct ClientConnectionTests {
    @Test("It says hello first, and its requests wait for the Welcome")
    func greets() {
        var rig = ClientRig()
        #expect(rig.words { $0.start(into: &$1) } == ["send 0 hello 1-1"])
        #expect(rig.request() == [])
        #expect(rig.receive(.welcome(ClientRig.welcome())) == ["welcomed edge", "send 1 request C"])
    }

    @Test("A Welcome that does not come, or comes twice, or makes no sense ends the connection")
    func wantsWelcome() {
        var rig = ClientRig()
        _ = rig.request()
        #expect(rig.wait(.seconds(5)) == ["ended 1 WELCOME_LATE unserved", "close WELCOME_LATE"])
        rig = .welcomed()
        #expect(
            rig.receive(.welcome(ClientRig.welcome())) == [
                "send 0 goodbye 0 FRAME_UNEXPECTED", "close FRAME_UNEXPECTED",
            ])
        var other = ClientRig.welcome()
        other.version = 2
        for welcome in [Welcome(version: 1), other, ClientRig.welcome(streamsMax: 0), ClientRig.welcome(credit: 0)] {
            rig = ClientRig()
            #expect(rig.receive(.welcome(welcome)).last == "close VERSION_UNSUPPORTED")
        }
    }

    @Test("A Hello that is refused tells why")
    func tellsRefusal() {
        var rig = ClientRig()
        _ = rig.request()
        let words = rig.receive(.status(Status(.versionUnsupported, "Update.")))
        #expect(words == ["ended 1 VERSION_UNSUPPORTED unserved", "close VERSION_UNSUPPORTED"])
        #expect(rig.request() == ["refused CONNECTION_LOST"])
    }

    @Test("Answers come in any order, each on its stream")
    func takesAnswers() {
        var rig = ClientRig.welcomed()
        #expect(rig.request() == ["send 1 request C"])
        #expect(rig.request() == ["send 3 request C"])
        #expect(rig.receive(.message(Message(body: [7])), on: 3) == ["message 3 07"])
        #expect(rig.receive(.message(Message(body: [8], last: true)), on: 1) == ["message 1 08 last"])
        #expect(rig.receive(.status(Status(.callUnknown, "No.")), on: 3) == ["ended 3 CALL_UNKNOWN"])
        #expect(rig.connection.openStreams == 0)
    }

    @Test("Requests beyond the edge's streams wait their turn, in order")
    func waitsForStreams() {
        var rig = ClientRig.welcomed(streamsMax: 2)
        #expect(rig.request() + rig.request() == ["send 1 request C", "send 3 request C"])
        #expect(rig.request() + rig.request() + rig.request() == [])
        #expect(rig.cancel(7) == [])
        #expect(rig.receive(.message(Message(last: true)), on: 3) == ["message 3  last", "send 5 request C"])
        #expect(rig.cancel(1) == ["send 1 cancel", "send 9 request C"])
    }

    @Test("As many requests wait as may; one more is refused")
    func boundsWaiting() {
        var limits = ConnectionLimits()
        limits.requestsWaitingMax = 2
        var rig = ClientRig.welcomed(streamsMax: 1, limits: limits)
        #expect(rig.request() == ["send 1 request C"])
        #expect(rig.request() + rig.request() == [])
        #expect(rig.request() == ["refused TOO_MANY_STREAMS"])
    }

    @Test("The longest request is sent; a longer one is refused and costs nothing else")
    func boundsRequests() {
        var rig = ClientRig.welcomed(frameBytesMax: 100)
        let around =
            PackedFrame(Frame(stream: 1, kind: .request(Request(call: "C", body: [UInt8](repeating: 0, count: 80)))))
            .frameByteCount - 80
        #expect(rig.request(bytes: 99 - around) == ["send 1 request C"])
        #expect(rig.request(bytes: 100 - around) == ["send 3 request C"])
        #expect(rig.request(bytes: 101 - around) == ["ended 5 REQUEST_TOO_LONG unserved"])
        #expect(rig.request(bytes: 101) == ["refused REQUEST_TOO_LONG"])
        #expect(rig.connection.openStreams == 2)
    }

    @Test("A deadline travels as what is left of it, rounded up, and is kept here too")
    func keepsDeadlines() {
        var rig = ClientRig.welcomed(streamsMax: 1)
        #expect(rig.request(timeout: .microseconds(200_500)) == ["send 1 request C 201"])
        #expect(rig.request(timeout: .milliseconds(500)) == [])
        rig.now = .milliseconds(100)
        #expect(rig.receive(.message(Message(last: true)), on: 1) == ["message 1  last", "send 3 request C 400"])
        #expect(rig.request(timeout: .milliseconds(10)) == [])
        #expect(rig.wait(.milliseconds(10)) == ["ended 5 DEADLINE_PASSED unserved"])
        #expect(rig.wait(.milliseconds(390)) == ["send 3 cancel", "ended 3 DEADLINE_PASSED"])
        #expect(rig.receive(.message(Message()), on: 3) == [])
    }

    @Test("Credit goes back when half of it is used up")
    func givesCredit() {
        var rig = ClientRig.welcomed(credit: 4)
        _ = rig.request()
        for _ in 0..<3 { #expect(rig.receive(.message(Message()), on: 1).count == 1) }
        #expect(rig.consume(1, on: 1) == [])
        #expect(rig.consume(1, on: 1) == ["send 1 credit 2"])
        for _ in 0..<3 { #expect(rig.receive(.message(Message()), on: 1).count == 1) }
        #expect(rig.receive(.message(Message()), on: 1).last == "close CREDIT_EXCEEDED")
        #expect(rig.consume(4, on: 1) == [])
    }

    @Test("What an edge may not send ends the connection")
    func refusesWrongFrames() {
        let wrong: [(Frame.Kind, UInt32)] = [
            (.hello(Hello()), 0), (.request(Request()), 1), (.cancel(Cancel()), 1), (.credit(Credit()), 1),
            (.message(Message()), 0), (.message(Message()), 2), (.message(Message()), 3), (.message(Message()), 5),
            (.status(Status()), 7), (.ping(Ping()), 1), (.pong(Pong()), 1), (.goodbye(Goodbye()), 1),
        ]
        for (kind, stream) in wrong {
            var rig = ClientRig.welcomed(streamsMax: 1)
            _ = rig.request() + rig.request()
            let words = rig.receive(kind, on: stream)
            #expect(
                words.contains("ended 1 FRAME_UNEXPECTED") && words.contains("ended 3 FRAME_UNEXPECTED unserved"),
                "\(kind)")
            #expect(words.last == "close FRAME_UNEXPECTED", "\(kind) on \(stream)")
        }
    }

    @Test("After the edge's goodbye what was not served is told so, and the rest goes on")
    func drainsForEdge() {
        var rig = ClientRig.welcomed(streamsMax: 2)
        _ = rig.request() + rig.request() + rig.request()
        let words = rig.receive(.goodbye(Goodbye(lastStream: 1, reason: "SHUTTING_DOWN", message: "Night.")))
        #expect(words == ["leaving SHUTTING_DOWN", "ended 3 SHUTTING_DOWN unserved", "ended 5 SHUTTING_DOWN unserved"])
        #expect(rig.request() == ["refused SHUTTING_DOWN"])
        #expect(rig.receive(.message(Message(last: true)), on: 1) == ["message 1  last", "close SHUTTING_DOWN"])
    }

    @Test("A client that leaves waits for its open streams, for a while")
    func drains() {
        var rig = ClientRig.welcomed(streamsMax: 1)
        _ = rig.request() + rig.request()
        #expect(rig.drain() == ["send 0 goodbye 0 SHUTTING_DOWN", "ended 3 SHUTTING_DOWN unserved"])
        #expect(rig.wait(.seconds(10)) == ["ended 1 SHUTTING_DOWN", "close SHUTTING_DOWN"])
        var idle = ClientRig.welcomed()
        #expect(idle.drain() == ["send 0 goodbye 0 SHUTTING_DOWN", "close SHUTTING_DOWN"])
    }

    @Test("A silent edge is asked, and given up when it does not answer")
    func asksSilentEdge() {
        var rig = ClientRig.welcomed()
        _ = rig.request()
        #expect(rig.wait(.seconds(30)) == ["send 0 ping 1"])
        #expect(rig.receive(.pong(Pong(token: 1))) == [])
        #expect(rig.wait(.seconds(30)) == ["send 0 ping 2"])
        #expect(rig.wait(.seconds(10)) == ["send 0 goodbye 0 PEER_SILENT", "ended 1 PEER_SILENT", "close PEER_SILENT"])
    }

    @Test("Pings of the edge are answered, and too many end the connection")
    func answersPings() {
        var rig = ClientRig.welcomed()
        for token: UInt64 in 1...10 { #expect(rig.receive(.ping(Ping(token: token))) == ["send 0 pong \(token)"]) }
        #expect(rig.receive(.ping(Ping(token: 11))).last == "close TOO_MANY_PINGS")
    }

    @Test("Frames it does not know are left alone")
    func ignoresUnknownFrames() {
        var rig = ClientRig.welcomed()
        #expect(rig.receive(nil) == [] && rig.receive(nil, on: 8) == [])
    }

    @Test("A connection that is gone ends every stream")
    func disconnects() {
        var rig = ClientRig.welcomed(streamsMax: 1)
        _ = rig.request() + rig.request()
        #expect(
            rig.words { $0.disconnect(into: &$1) } == ["ended 1 CONNECTION_LOST", "ended 3 CONNECTION_LOST unserved"])
        #expect(rig.connection.deadline == nil)
    }

    @Test("When the stream numbers are used up the client is told to connect again")
    func endsWithStreamNumbers() {
        var rig = ClientRig.welcomed()
        rig.connection.nextStream = .max - 2
        #expect(rig.request() == ["send 4294967293 request C"])
        #expect(rig.request() == ["refused STREAMS_USED_UP"])
    }
}
