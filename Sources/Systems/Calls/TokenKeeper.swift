import Synchronization

/// A token that a system gives for a time.
package struct AccessToken: Sendable, Equatable {
    package var secret: Secret
    /// How long it is good from now on.
    package var life: Duration

    package init(_ secret: Secret, life: Duration) {
        self.secret = secret
        self.life = life
    }
}

/// Keeps a token, renews it before its end, and asks for one at a time, however many wait for it.
package final class TokenKeeper: Sendable {
    private struct State {
        var token: AccessToken?
        /// When it is renewed.
        var renewAt = Duration.zero
        /// The asking under way.
        var flight: Task<Result<AccessToken, SystemsError>, Never>?
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration
    private let fetch: @Sendable () async throws(SystemsError) -> AccessToken

    package init(
        uptime: @escaping @Sendable () -> Duration,
        fetch: @escaping @Sendable () async throws(SystemsError) -> AccessToken
    ) {
        self.uptime = uptime
        self.fetch = fetch
    }

    /// The token that is good now.
    package func token() async throws(SystemsError) -> Secret {
        let flight = state.withLock { state -> Task<Result<AccessToken, SystemsError>, Never>? in
            if state.token != nil, uptime() < state.renewAt { return nil }
            if let flight = state.flight { return flight }
            let flight = Task { [self] in await renew() }
            state.flight = flight
            return flight
        }
        if let flight { return try await flight.value.get().secret }
        guard let token = state.withLock({ $0.token }) else { return try await self.token() }
        return token.secret
    }

    /// The system did not take the token: the next one who needs it asks for another.
    /// - Parameter secret: the one that was refused; a newer one stays.
    package func drop(_ secret: Secret) {
        state.withLock { state in
            if state.token?.secret == secret { state.token = nil }
        }
    }

    private func renew() async -> Result<AccessToken, SystemsError> {
        let result = await Result { () async throws(SystemsError) in try await fetch() }
        state.withLock { state in
            state.flight = nil
            guard case .success(let token) = result else { return }
            state.token = token
            state.renewAt = uptime() + token.life - min(token.life / 10, SystemCallLimits.tokenMarginMax)
        }
        return result
    }
}

extension Result {
    /// What an asynchronous call gives or throws.
    package init(catching body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
