import Transport

extension CountertopConnection {
    /// Makes a call whose messages are packed already.
    package func packedCall(
        _ call: String, body: [UInt8], operation: OperationID? = nil, deadline: Duration?
    ) async throws(CountertopError) -> [UInt8] {
        do throws(CallFailure) {
            return try await channel.call(call, body: body, operation: operation?.bytes ?? [], timeout: deadline)
        } catch {
            throw CountertopError(error)
        }
    }

    /// Makes a call that is answered by many messages, and hands each on as it came.
    package func packedStream(
        _ call: String, body: [UInt8], operation: OperationID? = nil, deadline: Duration?,
        _ take: ([UInt8]) async throws -> Void
    ) async throws {
        let stream = channel.stream(call, body: body, operation: operation?.bytes ?? [], timeout: deadline)
        defer { stream.cancel() }
        while true {
            switch await stream.next() {
            case .success(let body?): try await take(body)
            case .success(nil): return
            case .failure(let failure): throw CountertopError(failure)
            }
        }
    }
}
