import NIOCore

/// Ties a caller, on whatever thread, to its stream: a request may be given up before the event loop has seen it.
///
/// It is used on the connection's event loop alone; where it is only passed on, it is Sendable.
final class RequestTicket: Sendable {
    enum Place {
        case new
        case open(stream: UInt32)
        case givenUp
    }

    private let box: NIOLoopBoundBox<Place>

    init(_ eventLoop: any EventLoop) {
        box = .makeBoxSendingValue(.new, eventLoop: eventLoop)
    }

    var place: Place {
        get { box.value }
        set { box.value = newValue }
    }
}
