/// Which pages may connect over WebSocket.
package struct WebSocketRules: Sendable {
    /// The one path that is served.
    package static let path = "/v1"

    /// The origins of pages that may connect, as browsers name them: "https://kassa.example", "http://localhost:8000". A
    /// request without an origin comes from no browser and is refused.
    package let origins: Set<String>

    package init(origins: Set<String>) {
        self.origins = origins
    }
}
