import NIOPosix
import Transport
import Wire

extension EdgeParts {
    /// Begins to tell figures and health over HTTP, where the configuration says so. An edge whose port is another's serves
    /// its tills all the same.
    func startHTTP(_ configuration: EdgeConfiguration) async -> OperationsHTTP? {
        guard let settings = configuration.metrics else { return nil }
        let pages = OperationsHTTP.Pages(
            metrics: { [metrics] in metrics.text(self.standing.now()) },
            health: {
                let health = self.standing.health.check(nil)
                let words = [health.state.name] + health.findings.map(\.reason)
                return (health.state != .notServing, words.joined(separator: " "))
            })
        do {
            return try await OperationsHTTP.start(host: "127.0.0.1", port: settings.port, on: eventLoop, pages)
        } catch {
            let cause = SystemCause.words(error)
            health.note(
                "METRICS_UNAVAILABLE",
                "Nobody is told figures at http://127.0.0.1:\(settings.port)/metrics, because the port cannot be had (\(cause)). "
                    + "End the other program that has it, or choose another (metrics.port); then start the edge again.",
                cause: cause)
            return nil
        }
    }
}
