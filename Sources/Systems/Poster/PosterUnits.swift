import Synchronization

/// What Poster counts bonuses in when they are changed. Balances are read in hundredths; of `count` its documentation gives no
/// unit, and public code disagrees. So it is a setting, and one that is checked.
final class PosterUnits: Sendable {
    enum Unit: String, Sendable {
        case whole
        case hundredths
    }

    let configured: Unit?
    /// A change that moved the balance by something else than it should have.
    private let wrong = Mutex<String?>(nil)

    init(_ text: String?) { configured = text.flatMap { Unit(rawValue: $0) } }

    /// The `count` of a change.
    /// - Throws: ``SystemsError`` `settingsWrong`: the unit is not set, or was seen to be wrong, or cannot say the amount.
    func count(_ hundredths: Int64) throws(SystemsError) -> String {
        if let wrong = wrong.withLock({ $0 }) { throw SystemsError(.settingsWrong, wrong) }
        switch configured {
        case nil:
            throw SystemsError(
                .settingsWrong,
                "What Poster counts bonuses in is not known. Find out with bonuses.check_client and countertop systems check, "
                    + "and write bonuses.write_unit.")
        case .hundredths?: return "\(hundredths)"
        case .whole?:
            let part = abs(hundredths) % 100
            let whole = "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100)"
            return part == 0 ? whole : "\(whole).\(part < 10 ? "0" : "")\(part)"
        }
    }

    /// Compares a balance with what it should be after a change.
    /// - Throws: ``SystemsError`` `settingsWrong` when it moved otherwise. Nothing is changed from then on.
    func compare(before: Int64, after: Int64, wanted: Int64) throws(SystemsError) {
        guard after - before != wanted else { return }
        let words =
            "Poster moved a balance by \((after - before)) hundredths in the place of \(wanted): bonuses.write_unit is wrong, or "
            + "somebody else changed it at the same time. Correct the balance there, and check the unit: countertop systems check."
        if (after - before) == wanted * 100 || (after - before) * 100 == wanted { wrong.withLock { $0 = words } }
        throw SystemsError(.settingsWrong, words)
    }

    /// Finds the unit out, with a client of the store's own: adds one, reads, and takes it off again.
    func check(_ api: PosterAPI, client: String) async throws(SystemsError) -> String {
        let before = try await api.bonuses(client)
        _ = try await api.changeBonuses(client, count: "1")
        let moved = try await api.bonuses(client) - before
        _ = try await api.changeBonuses(client, count: "-1")
        let found: Unit? = moved == 100 ? .whole : moved == 1 ? .hundredths : nil
        guard let found else {
            throw SystemsError(
                .settingsWrong,
                "A change of one moved the balance of client \(client) by \(moved) hundredths. Is he a client of a group with "
                    + "points, and nobody else's?")
        }
        guard let configured else {
            return "Bonuses are changed in \(found.rawValue): write bonuses.write_unit: \(found.rawValue)."
        }
        guard configured == found else {
            throw SystemsError(
                .settingsWrong,
                "Bonuses are changed in \(found.rawValue), and bonuses.write_unit says \(configured.rawValue). Correct it."
            )
        }
        wrong.withLock { $0 = nil }
        return "Bonuses are changed in \(found.rawValue), as configured."
    }
}

extension PosterAPI {
    /// A client as he is now.
    func row(_ clientID: String) async throws(SystemsError) -> (row: PosterClientRow, node: JSONNode) {
        let answer = try await get(
            "clients.getClient", [("client_id", clientID)], deadline: PosterLimits.clientDeadline, retries: 1)
        let node: JSONNode? = if case .list(let nodes) = answer.value { nodes.first } else { answer }
        guard let node, let row = PosterClientRow(node), row.clientID == clientID else {
            throw SystemsError(.broken, "\(client.name) gave another client than was asked for.")
        }
        return (row, node)
    }

    /// A client's balance in hundredths.
    func bonuses(_ clientID: String) async throws(SystemsError) -> Int64 {
        guard let bonuses = try await row(clientID).row.bonusesHundredths else {
            throw SystemsError(.broken, "\(client.name) gave a client without a balance.")
        }
        return bonuses
    }

    /// Changes a client's bonuses. Poster tells nobody of it, least of all this edge again.
    func changeBonuses(_ clientID: String, count: String) async throws(SystemsError) {
        _ = try await post(
            "clients.changeClientBonus", [("client_id", clientID), ("count", count), ("block_webhook", "true")],
            isSafe: false)
    }
}
