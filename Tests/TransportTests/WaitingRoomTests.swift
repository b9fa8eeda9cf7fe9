import Testing

@testable import Transport

@Suite struct WaitingRoomTests {
    @Test("The oldest gives way")
    func oldest() {
        var room = WaitingRoom()
        for id: UInt64 in [3, 1, 2] { room.enter(id, from: "192.0.2.1") }
        let leaving = (0..<4).map { _ in room.leave() }
        #expect(leaving == [1, 2, 3, nil])
    }

    @Test("Whoever fills the room pushes out its own, however long others wait")
    func crowd() {
        var room = WaitingRoom()
        room.enter(1, from: "192.0.2.1")
        for id: UInt64 in 2...4 { room.enter(id, from: "192.0.2.66") }
        let leaving = (0..<2).map { _ in room.leave() }
        #expect(leaving == [2, 3])
    }

    @Test("Who has left or proved who it is gives way to nobody")
    func removed() {
        var room = WaitingRoom()
        for id: UInt64 in 1...2 { room.enter(id, from: "") }
        room.remove(1)
        #expect(room.count == 1)
        let leaving = room.leave()
        #expect(leaving == 2)
    }
}
