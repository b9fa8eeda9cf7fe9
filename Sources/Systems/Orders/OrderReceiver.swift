package import Journal

/// A system that takes orders out of the outbox.
package protocol OrderReceiver: Connector, OutboxReceiver {
    /// Whether it takes orders of this kind at all.
    func takes(_ order: SystemOrder) -> Bool
    /// Whether it can find a customer.
    func knows(_ customer: CustomerAddress) -> Bool
    /// Whether carrying an order out twice does no more than once.
    func isRepeatable(_ order: SystemOrder) -> Bool
    /// Carries an order out.
    /// - Throws: ``SystemsError``: `outcomeUnknown` when nobody knows whether it was.
    func carryOut(_ order: SystemOrder, of entry: OutboxEntry) async throws(SystemsError)
    /// Looks whether an order was carried out.
    /// - Returns: `nil` when that cannot be told.
    func isCarriedOut(_ order: SystemOrder) async throws(SystemsError) -> Bool?
}

extension OrderReceiver {
    package func isCarriedOut(_ order: SystemOrder) async throws(SystemsError) -> Bool? { nil }

    package func isRepeatable(_ entry: OutboxEntry) -> Bool {
        SystemOrder(payload: entry.payload).map { isRepeatable($0) } ?? true
    }

    package func deliver(_ entry: OutboxEntry) async -> Delivery {
        guard let order = SystemOrder(payload: entry.payload), takes(order) else {
            return .refused(reason: "\(client.name) takes no entry of kind \(entry.kind). Drop it.")
        }
        do throws(SystemsError) {
            try await carryOut(order, of: entry)
            return .done
        } catch {
            return Delivery(error, isRepeatable: isRepeatable(order))
        }
    }

    package func check(_ entry: OutboxEntry) async -> Delivery {
        guard let order = SystemOrder(payload: entry.payload) else {
            return .refused(reason: "The entry cannot be read. Drop it.")
        }
        do throws(SystemsError) {
            switch try await isCarriedOut(order) {
            case true?: return .done
            case false?: return .retry(reason: "\(client.name) was asked, and has not done it. It is told again.")
            case nil:
                return .unknown(
                    reason: "\(client.name) does not show whether it was done. Look there, then retry or drop it.")
            }
        } catch {
            return .unknown(reason: error.description)
        }
    }
}

extension Delivery {
    /// What a failure means for an entry.
    init(_ error: SystemsError, isRepeatable: Bool) {
        switch error.code {
        case .outcomeUnknown where !isRepeatable: self = .unknown(reason: error.description)
        case .throttled: self = .retry(reason: error.description, after: error.retryAfter)
        case .refused where error.isAnswer: self = .refused(reason: error.description)
        case .settingsWrong: self = .refused(reason: error.description)
        case .broken where !isRepeatable: self = .unknown(reason: error.description)
        // Credentials that are refused are mended by somebody, and the entry is as good afterwards.
        default: self = .retry(reason: error.description, after: error.retryAfter)
        }
    }
}
