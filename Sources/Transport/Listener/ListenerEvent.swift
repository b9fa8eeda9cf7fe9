import Wire

/// What a listener tells its connections.
enum ListenerEvent: Sendable {
    /// Say goodbye, let open streams end within their time, and close.
    case drain(Status)
    /// End, tell the client why, and wait for nothing: the place is another's.
    case giveWay(Status)
    /// Those of the caller with this id end now, and are told why.
    case end(caller: String, Status)
}
