import Wire

/// What a listener tells its connections.
enum ListenerEvent: Sendable {
    /// Say goodbye, let open streams end within their time, and close.
    case drain(Status)
}
