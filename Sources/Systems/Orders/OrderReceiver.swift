package import Journal

/// A system that takes orders out of the outbox.
package protocol OrderReceiver: Connector, OutboxReceiver {
    /// What it does with an order; `nil` for one of a kind that it does not take at all.
    func step(for order: SystemOrder) -> OrderStep?
    /// Whether it can find a customer.
    func knows(_ customer: CustomerAddress) -> Bool
}

extension OrderReceiver {
    /// Whether it takes orders of this kind at all.
    package func takes(_ order: SystemOrder) -> Bool { step(for: order) != nil }

    private func step(for entry: OutboxEntry) -> OrderStep? {
        SystemOrder(payload: entry.payload).flatMap { step(for: $0) }
    }

    package func isRepeatable(_ entry: OutboxEntry) -> Bool { step(for: entry)?.isRepeatable ?? true }

    package func place(of entry: OutboxEntry) -> String? {
        guard entry.kind == SystemOrder.Kind.orderCustomer.rawValue else { return nil }
        return SystemOrder(payload: entry.payload)?.place
    }

    package func deliver(_ entry: OutboxEntry) async -> Delivery {
        guard let step = step(for: entry) else {
            return .refused(reason: "\(client.name) takes no entry of kind \(entry.kind). Drop it.")
        }
        do throws(SystemsError) {
            try await step.carryOut(entry)
            return .done
        } catch {
            return Delivery(error, isRepeatable: step.isRepeatable)
        }
    }

    package func check(_ entry: OutboxEntry) async -> Delivery {
        guard let step = step(for: entry) else { return .refused(reason: "The entry cannot be read. Drop it.") }
        do throws(SystemsError) {
            switch try await step.isCarriedOut() {
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
