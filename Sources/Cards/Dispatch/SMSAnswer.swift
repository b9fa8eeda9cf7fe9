import Foundation

/// What an SMS gateway answered.
struct SMSAnswer {
    let status: Int
    let retryAfter: String
    let body: [UInt8]

    /// What the answer means; `nil` when the message was taken. The gateway's words stay out of it: they may hold the number.
    func error(_ settings: SMSGateway.Settings, name: String) -> CardsError? {
        let cause = "status \(status)"
        let pause = Int64(retryAfter).flatMap { $0 >= 0 ? Duration.seconds($0) : nil }
        switch status {
        case 200..<300: return answered(settings, name)
        case 300..<400:
            return CardsError(
                .unavailable, "The SMS gateway \(name) has moved. Write its new address into cards.sms.url.",
                cause: cause)
        case 401, 403:
            return CardsError(
                .unavailable, "The SMS gateway \(name) does not take the token. Check the file of cards.sms.token.",
                cause: cause)
        case 404, 405:
            return CardsError(
                .unavailable, "The SMS gateway \(name) has nothing at this address. Check cards.sms.url.", cause: cause)
        case 408, 425, 429, 500...:
            return CardsError(
                .unavailable, "The SMS gateway \(name) cannot take it now. It is tried again.", cause: cause,
                retryAfter: pause)
        default:
            return CardsError(
                .refused, "The SMS gateway \(name) does not take this message or its number. Check the number.",
                cause: cause)
        }
    }

    private func answered(_ settings: SMSGateway.Settings, _ name: String) -> CardsError? {
        guard !settings.answerField.isEmpty else { return nil }
        guard let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
            let value = object[settings.answerField]
        else {
            return CardsError(
                .unavailable,
                "The SMS gateway \(name) answered without the field that says whether it took the message. It is tried again.",
                cause: "status \(status)")
        }
        let word = (value as? String) ?? "\(value)"
        guard !settings.answersTaken.contains(word) else { return nil }
        return CardsError(
            .refused, "The SMS gateway \(name) does not take this message or its number. Check the number.",
            cause: "status \(status)")
    }
}
