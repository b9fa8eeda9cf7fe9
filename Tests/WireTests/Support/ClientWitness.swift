@testable import Wire

/// Watches what a client connection does and knows what it never may.
struct ClientWitness {
    private(set) var complaints: [String] = []
    private(set) var open: Set<UInt32> = []
    private(set) var sent: Set<UInt32> = []
    private var done: Set<UInt32> = []
    private var isClosed = false

    mutating func requested(_ requested: ClientConnection.Requested) {
        guard case .stream(let stream) = requested else { return }
        if !open.insert(stream).inserted || done.contains(stream) { complain("gave stream \(stream) twice") }
    }

    mutating func cancelled(_ stream: UInt32) {
        if open.remove(stream) != nil { done.insert(stream) }
    }

    mutating func see(_ actions: [ClientAction], _ connection: ClientConnection) {
        for action in actions {
            if isClosed { complain("\(ActionWords.of(action)) after close") }
            switch action {
            case .send(let packed): sees(ActionWords.frame(packed))
            case .message(let stream, _, let isLast):
                if !open.contains(stream) { complain("a message on \(stream), which is not open") }
                if isLast { end(stream) }
            case .ended(let stream, _, let wasServed):
                if !wasServed, sent.contains(stream), !mayRetry.contains(stream) {
                    complain("called \(stream) unserved, which was sent")
                }
                end(stream)
            case .close:
                isClosed = true
                if !open.isEmpty { complain("closed and left \(open.sorted()) open") }
            case .welcomed, .leaving: break
            }
        }
        if isClosed != connection.isClosed || connection.isClosed != (connection.deadline == nil) {
            complain("closed, or not")
        }
        if let left = connection.creditBytes, let first = connection.welcome?.limits?.creditBytesInitial,
            !connection.isClosed
        {
            let untaken = connection.streams.values.flatMap(\.untaken).reduce(0, +)
            if left + connection.takenBytes + untaken != Int(first) { complain("credit in bytes went astray") }
        }
        if connection.openStreams != open.count { complain("\(connection.openStreams) streams, not \(open.count)") }
    }

    /// Streams above a goodbye's last one were sent and yet not served.
    var mayRetry: Set<UInt32> = []

    mutating func ticked(_ connection: ClientConnection, now: Duration) {
        if let deadline = connection.deadline, deadline <= now { complain("a deadline that stays due") }
    }

    private mutating func end(_ stream: UInt32) {
        if open.remove(stream) == nil { complain("ended \(stream), which is not open") }
        done.insert(stream)
    }

    private mutating func sees(_ frame: Frame) {
        guard frame.stream != 0 else { return }
        switch frame.kind {
        case .request:
            if let last = sent.max(), last >= frame.stream { complain("sent request \(frame.stream) after \(last)") }
            sent.insert(frame.stream)
        case .cancel, .credit:
            if !sent.contains(frame.stream) { complain("sent on \(frame.stream) before its request") }
        default: complain("sent a frame that belongs on stream 0")
        }
    }

    private mutating func complain(_ complaint: String) {
        complaints.append(complaint)
    }
}
