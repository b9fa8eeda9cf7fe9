import Wire

extension LeanSocket {
    /// Connects to an edge and says hello.
    static func welcomed(port: Int) throws -> LeanSocket {
        let socket = try LeanSocket(port: port)
        let hello = Hello(versionMin: 1, versionMax: 1, client: "countertop-bench")
        try socket.send(PackedFrame(Frame(kind: .hello(hello))).bytes)
        var frames = LeanFrames()
        let answer = try Frame(packed: try frames.wait(on: socket))
        guard case .welcome = answer.kind else { throw BenchError("The edge does not say welcome.") }
        return socket
    }
}
