import Testing

@testable import Wire

@Suite struct ServerConnectionTests {
    @Suite struct Greeting {
        @Test("A Hello is answered with the highest version both speak, the features both know, and the limits")
        func welcomes() throws {
            var actions: [ServerAction] = []
            var rig = ServerRig(features: ["b", "c", "a"])
            let hello = Hello(versionMin: 1, versionMax: 9, features: ["a", "x", "b"], client: "kassa/4.2")
            rig.connection.receive(Frame(kind: .hello(hello)), now: .zero, into: &actions)
            #expect(actions.first == .welcomed(client: "kassa/4.2", version: 1, features: ["b", "a"]))
            guard case .send(let packed) = actions.last, case .welcome(let welcome) = ActionWords.frame(packed).kind
            else {
                Issue.record("No Welcome: \(actions.map(ActionWords.of))")
                return
            }
            let limits = Limits(
                frameBytesMax: 65_536, streamsMax: 64, creditMessagesInitial: 32, creditBytesInitial: 1 << 20)
            #expect(
                welcome
                    == Welcome(
                        version: 1, features: ["b", "a"], limits: limits, edge: "countertop/0.1.0", store: "Storgata"))
        }

        @Test(
            "Versions that do not meet are refused, with both ranges in the message",
            arguments: [(2, 3), (0, 0), (2, 1)])
        func refusesVersions(range: (UInt32, UInt32)) {
            var rig = ServerRig()
            let words = rig.receive(.hello(Hello(versionMin: range.0, versionMax: range.1)))
            #expect(words == ["send 0 status UNIMPLEMENTED VERSION_UNSUPPORTED", "close VERSION_UNSUPPORTED"])
        }

        @Test("Anything before the Hello ends the connection")
        func wantsHelloFirst() {
            for kind: Frame.Kind? in [.ping(Ping()), .request(Request(call: "C")), nil, .goodbye(Goodbye())] {
                var rig = ServerRig()
                let words = rig.receive(kind, on: 1)
                #expect(words == ["send 0 status INVALID_ARGUMENT HELLO_FIRST", "close HELLO_FIRST"])
            }
        }

        @Test("A Hello later than five seconds is too late")
        func wantsHelloSoon() {
            var rig = ServerRig()
            #expect(rig.connection.deadline == .seconds(5))
            #expect(rig.wait(.milliseconds(4_999)) == [])
            #expect(rig.wait(.milliseconds(1)) == ["send 0 status DEADLINE_EXCEEDED HELLO_LATE", "close HELLO_LATE"])
        }

        @Test("Frames are small before the Hello and large after it")
        func changesLimits() {
            var rig = ServerRig()
            #expect(rig.connection.frameLimits == .beforeHello)
            _ = rig.receive(.hello(Hello(versionMin: 1, versionMax: 1)))
            #expect(rig.connection.frameLimits == .afterHello)
        }
    }

    @Suite struct Calls {
        @Test("A request starts its call, and a last message ends it")
        func answers() {
            var rig = ServerRig.greeted()
            #expect(rig.request(1) == ["start 1 C"])
            #expect(rig.send(1, isLast: true) == ["send 1 message last"])
            #expect(rig.connection.openStreams == 0)
            #expect(rig.send(1) == [] && rig.finish(1) == [])
        }

        @Test("Calls are answered in any order, with messages and a status")
        func answersOutOfOrder() {
            var rig = ServerRig.greeted()
            _ = rig.request(1) + rig.request(3) + rig.request(9)
            #expect(rig.send(9) == ["send 9 message"])
            #expect(rig.finish(3) == ["send 3 status UNIMPLEMENTED CALL_UNKNOWN"])
            #expect(rig.send(1, isLast: true) == ["send 1 message last"])
            #expect(rig.finish(9) == ["send 9 status UNIMPLEMENTED CALL_UNKNOWN"])
        }

        @Test("Stream numbers are odd and increase", arguments: [0, 2, 5, 3])
        func wantsIncreasingStreams(stream: UInt32) {
            var rig = ServerRig.greeted()
            _ = rig.request(5)
            let words = rig.request(stream)
            #expect(
                words == [
                    "send 0 goodbye 5 STREAM_NUMBER_INVALID",
                    "send 0 status INVALID_ARGUMENT STREAM_NUMBER_INVALID", "stop 5 STREAM_NUMBER_INVALID",
                    "close STREAM_NUMBER_INVALID",
                ])
        }

        @Test("The 65th open stream is refused, and no other suffers")
        func boundsStreams() {
            var rig = ServerRig.greeted()
            for stream in 0..<UInt32(64) { #expect(rig.request(stream * 2 + 1).count == 1) }
            #expect(rig.request(129) == ["send 129 status RESOURCE_EXHAUSTED TOO_MANY_STREAMS"])
            _ = rig.send(1, isLast: true)
            #expect(rig.request(131) == ["start 131 C"])
        }

        @Test("A cancelled call stops without a word to the client")
        func cancels() {
            var rig = ServerRig.greeted()
            _ = rig.request(1)
            #expect(rig.receive(.cancel(Cancel()), on: 1) == ["stop 1 CALL_CANCELLED"])
            #expect(rig.send(1) == [])
            #expect(rig.receive(.cancel(Cancel()), on: 1) == [])
        }

        @Test("A deadline that passes ends the stream and stops its call")
        func keepsDeadlines() {
            var rig = ServerRig.greeted()
            _ = rig.request(1, deadlineMs: 200)
            _ = rig.request(3, deadlineMs: 100)
            #expect(rig.connection.deadline == .milliseconds(100))
            #expect(rig.wait(.milliseconds(99)) == [])
            #expect(
                rig.wait(.milliseconds(1)) == [
                    "send 3 status DEADLINE_EXCEEDED DEADLINE_PASSED", "stop 3 DEADLINE_PASSED",
                ])
            #expect(rig.connection.deadline == .milliseconds(200))
            _ = rig.send(1, isLast: true)
            #expect(rig.wait(.milliseconds(100)) == [])
        }

        @Test("The longest answer is sent; a longer one ends its stream alone")
        func boundsAnswers() {
            var limits = ConnectionLimits()
            limits.frames.frameBytesMax = 200
            var rig = ServerRig.greeted(limits: limits)
            _ = rig.request(1)
            let around =
                PackedMessage(EnterRequest(data: [UInt8](repeating: 1, count: 150)), isLast: false)
                .frame(on: 1).frameByteCount - 150
            #expect(rig.send(1, bytes: 199 - around) == ["send 1 message"])
            #expect(rig.send(1, bytes: 200 - around) == ["send 1 message"])
            #expect(
                rig.send(1, bytes: 201 - around)
                    == ["send 1 status RESOURCE_EXHAUSTED ANSWER_TOO_LONG", "stop 1 ANSWER_TOO_LONG"])
            #expect(!rig.connection.isClosed)
        }

        @Test("Frames that only an edge sends, or on the wrong stream, end the connection")
        func refusesWrongFrames() {
            let wrong: [(Frame.Kind, UInt32)] = [
                (.welcome(Welcome()), 0), (.message(Message()), 1), (.status(Status()), 1), (.hello(Hello()), 0),
                (.ping(Ping()), 1), (.pong(Pong()), 1), (.goodbye(Goodbye()), 1), (.cancel(Cancel()), 0),
                (.cancel(Cancel()), 3), (.credit(Credit(messages: 1)), 2), (.credit(Credit(messages: 1)), 3),
            ]
            for (kind, stream) in wrong {
                var rig = ServerRig.greeted()
                _ = rig.request(1)
                let words = rig.receive(kind, on: stream)
                #expect(words.last == "close FRAME_UNEXPECTED", "\(kind)")
            }
        }

        @Test(
            "A frame that says nothing ends the connection, and the client is told why", arguments: [0, 1] as [UInt32])
        func refusesEmptyFrames(stream: UInt32) {
            var rig = ServerRig.greeted()
            _ = rig.request(1)
            #expect(
                rig.receive(nil, on: stream) == [
                    "send 0 goodbye 1 FRAME_EMPTY", "send 0 status INVALID_ARGUMENT FRAME_EMPTY", "stop 1 FRAME_EMPTY",
                    "close FRAME_EMPTY",
                ])
        }

        @Test(
            "The goodbye before a refusal names the last stream whose call began, so that later ones are safe to retry")
        func tellsWhatIsSafe() {
            var limits = ConnectionLimits()
            limits.streamsMax = 1
            var rig = ServerRig.greeted(limits: limits)
            _ = rig.request(1) + rig.request(3)
            #expect(rig.receive(.hello(Hello())).first == "send 0 goodbye 1 FRAME_UNEXPECTED")
        }

        @Test("Bytes out of step end the connection with what was wrong")
        func fails() {
            var rig = ServerRig.greeted()
            _ = rig.request(1)
            let words = rig.words { $0.fail(WireError(.frameTooLong, "Too long."), into: &$1) }
            #expect(
                words == [
                    "send 0 goodbye 1 FRAME_TOO_LONG",
                    "send 0 status RESOURCE_EXHAUSTED FRAME_TOO_LONG", "stop 1 FRAME_TOO_LONG", "close FRAME_TOO_LONG",
                ])
            #expect(rig.connection.deadline == nil)
        }
    }
}
