/// Makes calls with a token that is renewed when the system does not take it any more.
package struct BearerClient: Sendable {
    package let client: SystemClient
    package let keeper: TokenKeeper
    private let now: @Sendable () -> FeedTime

    package init(_ client: SystemClient, _ keeper: TokenKeeper, now: @escaping @Sendable () -> FeedTime) {
        self.client = client
        self.keeper = keeper
        self.now = now
    }

    /// - Throws: ``SystemsError``, those of the token's own call included.
    package func send(_ call: SystemCall) async throws(SystemsError) -> SystemReply {
        var call = call
        call.expected.insert(401)
        let plain = call.headers
        var isSecond = false
        while true {
            let token = try await keeper.token()
            call.headers = plain + [("Authorization", "Bearer \(token.text)")]
            let reply = try await client.send(call)
            guard reply.status == 401 else { return reply }
            keeper.drop(token)
            guard !isSecond else {
                let error = SystemRefusal(reply, isSafe: call.isSafe).error(now: now().wall)
                client.note(error)
                throw error
            }
            isSecond = true
        }
    }
}
