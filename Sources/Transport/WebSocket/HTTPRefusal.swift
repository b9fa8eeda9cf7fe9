import NIOHTTP1

/// Why an HTTP request is no WebSocket of ours.
struct HTTPRefusal {
    let status: HTTPResponseStatus
    /// A sentence for people. It repeats nothing of the request.
    let message: String

    /// - Returns: `nil` when the page may have its connection.
    static func of(_ head: HTTPRequestHead, _ rules: WebSocketRules) -> HTTPRefusal? {
        guard head.uri == WebSocketRules.path else {
            return HTTPRefusal(
                status: .notFound, message: "There is nothing here but \(WebSocketRules.path), for tills.")
        }
        let origins = head.headers["origin"]
        guard origins.count == 1, let origin = origins.first, rules.origins.contains(origin) else {
            return HTTPRefusal(
                status: .forbidden,
                message: "Pages of this origin may not connect. Add it to network.origins of the edge's configuration.")
        }
        return nil
    }

    /// RFC 9110, section 15.5.22.
    static let noWebSocket = HTTPRefusal(
        status: .upgradeRequired, message: "Ask for a WebSocket of version 13 (RFC 6455). Nothing else is served here.")
}
